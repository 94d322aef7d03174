import path from 'node:path'
import { z } from 'zod'
import { hasRoom, JOB_TURN_MS, jobsAtATime, partThreads, TASKS_AT_A_TIME } from './capacity.ts'
import { contract } from './contract/index.ts'
import { Albums, implementAlbums } from './engine/albums/index.ts'
import { analysisHandler, implementAdjustment, implementAnalysis, picturesHandler } from './engine/analysis/index.ts'
import { Annotations, implementAnnotations } from './engine/annotations/index.ts'
import { implementAudit } from './engine/audit/index.ts'
import { Catalogue, implementCatalogue } from './engine/catalogue/index.ts'
import { Engagement, implementEngagement } from './engine/engagement/index.ts'
import { Identity } from './engine/identity/index.ts'
import { FrameTasks } from './engine/frames/index.ts'
import { JobQueue } from './engine/jobs/index.ts'
import {
  Admission,
  Files,
  Frames,
  implementLibrary,
  libraryForTasks,
  MediaUrls,
  previewHandler,
  Videos,
} from './engine/library/index.ts'
import { isWhole, probeVideo } from './engine/media/index.ts'
import { implementLinks } from './engine/links/index.ts'
import { implementMaintenance } from './engine/maintenance/index.ts'
import { ModelClient, modelsBeside } from './engine/models/index.ts'
import { ObjectStore } from './engine/objects/index.ts'
import { type Caller, type Door, Operations } from './engine/operations.ts'
import { RunningClock } from './engine/running-clock.ts'
import { CandidateStore, SceneSettingsStore, SceneStore } from './engine/scenes/index.ts'
import {
  Answers,
  Changes,
  describeSystem,
  EVERY_MINUTE,
  HOURLY,
  implementSystem,
  Upkeep,
} from './engine/system/index.ts'
import {
  implementImports,
  implementUploads,
  implementWatchedFolders,
  Imports,
  PartTokens,
  PartWriters,
  Uploads,
  WatchedFolders,
} from './engine/uploads/index.ts'
import { Database, lockLibrary } from './platform/database/index.ts'
import { type FfmpegTools, resolveFfmpeg } from './platform/ffmpeg/index.ts'
import { DataFolder, explainWriteFailure } from './platform/files/index.ts'
import { type Log, openLog } from './platform/log/index.ts'
import { forkProcess, type StartProcess } from './platform/processes/index.ts'
import { Settings } from './platform/settings/index.ts'
import { serving } from './serving.ts'
import type { HttpServer, ServeWhere } from './transport/http/index.ts'
import { ServerSwitch } from './transport/http/switch.ts'

export interface EngineOptions {
  /** The data folder; made when it is not there. */
  readonly data: string
  /** Holds the built entries of workers and processes. */
  readonly workersFolder: string
  readonly version: string
  readonly logToStderr: boolean
  readonly env: NodeJS.ProcessEnv
  /** How a process of ours is started; as another Node, unless Electron's own way is handed in. */
  readonly startProcess?: StartProcess
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
  readonly serve: (where: ServeWhere) => Promise<HttpServer>
  /** Does again what the window's server switch was left at. */
  readonly restoreServer: () => Promise<void>
  /** Ends all work so that the next start goes on with it. May be called twice. */
  readonly close: () => Promise<void>
}

/** How long a file in a watched folder has to lie still before it counts as copied. */
const SETTLE_MS = 5_000
/** How long part URLs are good: "URL 60 min … FIELDREEL_UPLOAD_URL_TTL_SECONDS (default 3600)". */
const TtlSeconds = z.coerce.number().int().min(1).max(604_800).default(3600)

/**
 * Builds the whole engine, in one place. Knows no electron: it runs the same in plain Node.
 * @throws EngineError `conflict` when another process has the library open, `unavailable` when it cannot be read,
 * `storage_refused` when it cannot be written to, `storage_full`.
 */
export async function compose(options: EngineOptions): Promise<Engine> {
  const folder = openFolder(options.data)
  const lock = lockLibrary(folder.lock)
  try {
    return await build(options, folder, () => lock.release())
  } catch (error) {
    lock.release()
    throw error
  }
}

/** @throws EngineError `storage_refused`, `storage_full`. */
function openFolder(data: string): DataFolder {
  try {
    return DataFolder.open(data)
  } catch (error) {
    throw explainWriteFailure(error, data)
  }
}

/** The ffmpeg to use; what a person should know of it is logged once. */
function toolsOf(env: NodeJS.ProcessEnv, log: Log): () => Promise<FfmpegTools> {
  let told: string | null = null
  return async () => {
    const tools = await resolveFfmpeg(env)
    if (tools.warning !== told) log.warn({ ffmpeg: tools.ffmpeg, version: tools.version }, tools.warning ?? '')
    told = tools.warning
    return tools
  }
}

async function build(options: EngineOptions, folder: DataFolder, release: () => void): Promise<Engine> {
  const { log, close: closeLog } = openLog(folder.logs, { alsoStderr: options.logToStderr })
  const database = Database.open(folder.database)
  const settings = new Settings(database)
  const undoClock = new RunningClock(settings)
  const identity = new Identity(database)
  const changes = new Changes()
  const ownerId = identity.ownerId()
  const givenKey = options.env['FIELDREEL_API_KEY']
  if (givenKey) identity.setOwnerKey(givenKey)
  const tools = toolsOf(options.env, log)
  const tellVideo = (videoId: string): void => changes.tell('videos', videoId)

  const models = new ModelClient({
    start: options.startProcess ?? forkProcess,
    entryFile: path.join(options.workersFolder, 'inference.js'),
    modelsFolder: modelsBeside(options.workersFolder),
  })
  const objects = new ObjectStore(database, folder)
  const frames = new Frames({ folder, tools, sourceOf: (row) => videos.sourceOf(row) })
  const scenes = new SceneStore(database, (videoId) => frames.stored(videoId))
  const cutting = {
    candidates: new CandidateStore(database),
    sceneSettings: new SceneSettingsStore(database, settings),
  }
  const jobs = new JobQueue({
    database,
    log,
    concurrency: jobsAtATime(),
    turnMs: JOB_TURN_MS,
    hasRoom: () => hasRoom(folder),
    onChange: ({ mediaId }) => tellVideo(mediaId),
  })
  const { now } = undoClock
  const videos = new Videos({ database, folder, objects, jobs, log, now, onChange: tellVideo })
  const catalogue = new Catalogue({ database, videos, now, onChange: tellVideo })
  const engagement = new Engagement({
    ...{ database, databaseFile: folder.database, settings, log, workersFolder: options.workersFolder },
    cityFile: options.env['FIELDREEL_CITY_DATABASE'],
  })
  const files = new Files({ folder, videos, scenes, jobs })
  const tokens = new PartTokens(settings.secret('upload_secret'))
  const mediaUrls = new MediaUrls(settings.secret('media_secret'))
  const admission = new Admission({ videos, jobs, mediaUrls })
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
    admit: (finished) => admission.admit(finished),
  })
  const imports = new Imports({
    database,
    folder,
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
  const watched = new WatchedFolders({
    database,
    imports,
    log,
    libraryFolder: folder.root,
    isWhole,
    onChange: () => changes.tell('watched'),
    settleMs: SETTLE_MS,
  })

  const analysis = {
    ...{ database, videos, scenes, ...cutting, frames, folder, tools },
    workersFolder: options.workersFolder,
    onChange: tellVideo,
  }
  jobs.register('analysis', analysisHandler(analysis))
  jobs.register('pictures', picturesHandler(analysis))
  jobs.register('preview', previewHandler({ videos, frames, folder, tools, onChange: tellVideo }))

  const tellTasks = (): void => changes.tell('tasks')
  const library = libraryForTasks({ videos, files, frames })
  const tasks = new FrameTasks({
    ...{ database, folder, objects, library, models, tools, log, onChange: tellTasks },
    // Apart from the library's own jobs, so that neither an hour of film nor a full library holds up the other.
    jobs: new JobQueue({
      ...{ database, log, hasRoom: () => hasRoom(folder), onChange: tellTasks },
      concurrency: TASKS_AT_A_TIME,
    }),
    allowPrivateUrls: options.env['FIELDREEL_ALLOW_PRIVATE_URLS'] === '1',
  })

  const albums = new Albums({ database, now, onChange: () => changes.tell('albums') })
  const annotations = new Annotations({ database, now, onChange: (videoId) => changes.tell('annotations', videoId) })

  const operations = new Operations()
  const answers = new Answers(database)
  const serve = serving({
    ...{ operations, answers, identity, mediaUrls, ownerId, folder, log },
    ...{ version: options.version, workersFolder: options.workersFolder, env: options.env },
  })
  const serverSwitch = new ServerSwitch({
    settings,
    serve,
    onChange: () => changes.tell('server'),
  })
  implementUploads(operations, {
    uploads,
    ownerId: () => ownerId,
    describe: (done) => admission.describe(done),
  })
  implementImports(operations, imports)
  implementWatchedFolders(operations, watched)
  implementLibrary(operations, { videos, scenes, files, frames })
  implementCatalogue(operations, catalogue)
  implementEngagement(operations, engagement, {
    videos: catalogue,
    countComments: (videoId) => annotations.count(videoId),
    onChange: (videoId) => changes.tell('engagement', videoId),
  })
  implementAnalysis(operations, { jobs, videos })
  implementAdjustment(operations, { jobs, videos, scenes, ...cutting })
  tasks.implement(operations)
  implementAlbums(operations, albums, { files, play: (videoId) => library.play(videoId) })
  implementAnnotations(operations, annotations)
  implementSystem(operations, {
    changes,
    identity,
    describe: () => describeSystem({ version: options.version, folder, objects, tools, log }),
    server: serverSwitch,
  })
  implementMaintenance(operations)
  implementAudit(operations)
  implementLinks(operations)
  operations.assertComplete(contract)

  // What a crash left is put right before anything new is taken in.
  const sweepUploads = () => uploads.sweep((mediaId) => imports.holds(mediaId))
  await uploads.recover()
  await objects.sweep(uploads.pendingObjects())
  await sweepUploads()
  const purge = async (): Promise<void> => {
    annotations.purge()
    await albums.purge()
    await catalogue.purge()
    undoClock.save()
  }
  await purge()
  jobs.start(['analysis', 'pictures', 'preview'])
  await tasks.start()
  await imports.start()
  watched.start()
  const upkeep = new Upkeep(
    [
      { name: 'stale uploads', everyMs: HOURLY, run: sweepUploads },
      { name: 'what was deleted', everyMs: EVERY_MINUTE, run: purge },
      { name: 'key usage', everyMs: EVERY_MINUTE, run: async () => identity.saveUsage() },
    ],
    log,
  )

  const close = async (): Promise<void> => {
    await serverSwitch.close()
    await watched.close()
    await imports.close()
    await Promise.all([jobs.close(), tasks.close()])
    await upkeep.close()
    await writers.close()
    await engagement.close()
    await models.close()
    try {
      undoClock.save()
      identity.saveUsage()
    } catch (error) {
      log.warn({ err: error }, 'the use of keys and the time to undo could not be written down')
    }
    database.close()
    closeLog()
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
