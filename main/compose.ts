import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { contract, type SystemState } from './contract/index.ts'
import { analysisHandler, implementAnalysis, picturesHandler } from './engine/analysis/index.ts'
import { Identity } from './engine/identity/index.ts'
import { JobQueue } from './engine/jobs/index.ts'
import { Files, implementLibrary, metadataOf, posterUrl, previewHandler, Videos } from './engine/library/index.ts'
import { probeVideo } from './engine/media/index.ts'
import { ObjectStore } from './engine/objects/index.ts'
import { type Caller, type Door, Operations } from './engine/operations.ts'
import { SceneStore } from './engine/scenes/index.ts'
import { Changes, EVERY_MINUTE, HOURLY, implementSystem, Upkeep } from './engine/system/index.ts'
import {
  type Completed,
  type CompletedVideo,
  type FinishedUpload,
  implementImports,
  implementUploads,
  Imports,
  PartTokens,
  PartWriters,
  Uploads,
} from './engine/uploads/index.ts'
import { Database, lockLibrary } from './platform/database/index.ts'
import { resolveFfmpeg } from './platform/ffmpeg/index.ts'
import { DataFolder, freeBytes } from './platform/files/index.ts'
import { type Log, openLog } from './platform/log/index.ts'
import { Settings } from './platform/settings/index.ts'
import type { HttpServer } from './transport/http/index.ts'
import { ServerSwitch } from './transport/http/switch.ts'

export interface EngineOptions {
  /** The data folder; made when it is not there. */
  readonly data: string
  /** Holds the built worker entries. */
  readonly workersFolder: string
  readonly version: string
  readonly logToStderr: boolean
  readonly env: NodeJS.ProcessEnv
}

export interface Engine {
  readonly operations: Operations
  readonly log: Log
  readonly changes: Changes
  /** Makes a key for the owner when they have none; answers it, to be shown once. */
  readonly makeOwnerKey: () => string | null
  /** The person at this machine, coming in by that door. */
  readonly owner: (door: Door) => Caller
  /** Starts a server of its own, apart from the one that the window switches. */
  readonly serve: (options: { host: string; port: number }) => Promise<HttpServer>
  /** Does again what the window's server switch was left at. */
  readonly restoreServer: () => Promise<void>
  /** Ends all work so that the next start goes on with it. May be called twice. */
  readonly close: () => Promise<void>
}

/** How long part URLs are good: "URL 60 min … FIELDREEL_UPLOAD_URL_TTL_SECONDS (default 3600)". */
const TtlSeconds = z.coerce.number().int().min(1).max(604_800).default(3600)

/**
 * Builds the whole engine, in one place. Knows no electron: it runs the same in plain Node.
 * @throws EngineError `conflict` when another process has the library open, `unavailable` when it cannot be read.
 */
export async function compose(options: EngineOptions): Promise<Engine> {
  const folder = DataFolder.open(options.data)
  const lock = lockLibrary(folder.lock)
  try {
    return await build(options, folder, () => lock.release())
  } catch (error) {
    lock.release()
    throw error
  }
}

async function build(options: EngineOptions, folder: DataFolder, release: () => void): Promise<Engine> {
  const log = openLog(folder.logs, { alsoStderr: options.logToStderr })
  const database = Database.open(folder.database)
  const settings = new Settings(database)
  const identity = new Identity(database)
  const changes = new Changes()
  const ownerId = identity.ownerId()
  const givenKey = options.env['FIELDREEL_API_KEY']
  if (givenKey) identity.setOwnerKey(givenKey)
  const tools = () => resolveFfmpeg(options.env)
  const tellVideo = (videoId: string): void => changes.tell('videos', videoId)

  const objects = new ObjectStore(database, folder)
  const scenes = new SceneStore(database)
  const jobs = new JobQueue({
    database,
    log,
    concurrency: jobsAtATime(),
    onChange: ({ mediaId }) => tellVideo(mediaId),
  })
  const videos = new Videos({ database, folder, objects, jobs, log, onChange: tellVideo })
  const files = new Files({ folder, videos, scenes, jobs })
  const tokens = new PartTokens(uploadSecret(settings))
  const writers = new PartWriters(options.workersFolder, partThreads())
  const uploads = new Uploads({
    database,
    folder,
    log,
    tokens,
    writers,
    objects,
    urlTtlMs: TtlSeconds.parse(options.env['FIELDREEL_UPLOAD_URL_TTL_SECONDS']) * 1000,
    probe: async (file) => await probeVideo(await tools(), file),
    admit: (finished) => admit(videos, jobs, finished),
  })
  const imports = new Imports({
    database,
    uploads,
    log,
    library: {
      ownerId: () => ownerId,
      hasSize: (sizeBytes) => videos.rows.hasSize(sizeBytes),
      findBySha256: (sha256) => {
        const videoId = videos.rows.idBySha256(sha256)
        return videoId === null ? null : { videoId }
      },
      titleOf: (videoId) => videos.titleOf(videoId),
    },
    onChange: () => changes.tell('imports'),
    concurrency: 2,
  })

  const analysis = { videos, scenes, folder, tools, workersFolder: options.workersFolder, onChange: tellVideo }
  jobs.register('analysis', analysisHandler(analysis))
  jobs.register('pictures', picturesHandler(analysis))
  jobs.register('preview', previewHandler({ videos, folder, tools, onChange: tellVideo }))

  const operations = new Operations()
  const serve = async (where: { host: string; port: number }): Promise<HttpServer> => {
    // Loaded when it is wanted: most windows never switch the server on, and should not wait for it.
    const { startServer } = await import('./transport/http/index.ts')
    const authenticate = (key: string) => identity.authenticate(key)
    return await startServer({ operations, authenticate, log, version: options.version, ...where })
  }
  const serverSwitch = new ServerSwitch({
    settings,
    start: (port) => serve({ host: '127.0.0.1', port }),
    onChange: () => changes.tell('server'),
  })
  implementUploads(operations, { uploads, ownerId: () => ownerId, describe: (done) => describe(videos, jobs, done) })
  implementImports(operations, imports)
  implementLibrary(operations, { videos, scenes, files })
  implementAnalysis(operations, { jobs, videos })
  implementSystem(operations, {
    changes,
    identity,
    describe: () => systemState(options, folder, objects, log),
    server: serverSwitch,
  })
  operations.assertComplete(contract)

  // What a crash left is put right before anything new is taken in.
  uploads.recover()
  await objects.sweep(uploads.pendingObjects())
  await uploads.sweep()
  await videos.purge()
  jobs.start(['analysis', 'pictures', 'preview'])
  imports.start()
  const upkeep = new Upkeep(
    [
      { name: 'stale uploads', everyMs: HOURLY, run: () => uploads.sweep() },
      { name: 'deleted videos', everyMs: EVERY_MINUTE, run: () => videos.purge() },
    ],
    log,
  )

  const close = async (): Promise<void> => {
    await serverSwitch.close()
    await imports.close()
    await jobs.close()
    await upkeep.close()
    await writers.close()
    database.close()
    release()
  }
  let closing: Promise<void> | null = null
  return {
    operations,
    log,
    changes,
    makeOwnerKey: () => identity.makeOwnerKey(),
    owner: (door) => ({ door, userId: ownerId, scopes: new Set(['read', 'write', 'admin']) }),
    serve,
    restoreServer: () => serverSwitch.restore(),
    close: () => (closing ??= close()),
  }
}

/** Decoding takes all of a core: two jobs keep two cores busy, more would only take turns. */
function jobsAtATime(): number {
  return Math.max(1, Math.min(2, availableParallelism() - 1))
}

function partThreads(): number {
  return Math.max(2, Math.min(4, availableParallelism()))
}

function uploadSecret(settings: Settings): Buffer {
  const stored = settings.read('upload_secret', z.string())
  if (stored !== null) return Buffer.from(stored, 'base64')
  const secret = randomBytes(32)
  settings.write('upload_secret', secret.toString('base64'))
  return secret
}

/** Makes a video of a finished upload, in the transaction that ends the upload. */
function admit(videos: Videos, jobs: JobQueue, { upload, sha256, probed, wish }: FinishedUpload) {
  const { analysisType, analysisProvider } = wish
  // Before the preview copy that adding may queue: scenes are what everything else waits for.
  const analysisJobId = wish.autoAnalyze
    ? jobs.enqueue('analysis', upload.media_id, { analysisType, analysisProvider }).id
    : null
  videos.add({
    videoId: upload.media_id,
    ownerId: upload.owner_id,
    title: upload.title ?? titleOf(upload.filename),
    filename: upload.filename,
    contentType: upload.content_type,
    sizeBytes: upload.size_bytes,
    sha256,
    tags: upload.tags,
    custom: upload.custom,
    probed,
  })
  return { analysisJobId }
}

/** A filename without its ending: what a person would call it until they call it something better. */
function titleOf(filename: string): string {
  return filename.replace(/\.[^.]{1,5}$/, '') || filename
}

function describe(videos: Videos, jobs: JobQueue, { upload, analysisJobId }: Completed): CompletedVideo {
  // Completing again answers the same even after the video was deleted.
  const row = videos.rows.get(upload.media_id, { evenDeleted: true })
  const status = analysisJobId === null ? 'completed' : jobs.get(analysisJobId).status
  return {
    metadata: metadataOf(row),
    thumbnailUrl: posterUrl(row),
    processingStatus: status === 'pending' ? 'queued' : status === 'cancelled' ? 'failed' : status,
    createdAt: row.created_at,
  }
}

async function systemState(
  options: EngineOptions,
  folder: DataFolder,
  objects: ObjectStore,
  log: Log,
): Promise<SystemState> {
  const ffmpeg = await resolveFfmpeg(options.env).catch((error: unknown) => {
    log.warn({ err: error }, 'no ffmpeg')
    return null
  })
  return {
    version: options.version,
    dataFolder: folder.root,
    disk: { usedBytes: objects.usedBytes(), freeBytes: await freeBytes(folder.root) },
    ffmpeg: { path: ffmpeg?.ffmpeg ?? null, version: ffmpeg?.version ?? null, source: ffmpeg?.source ?? null },
  }
}
