import path from 'node:path'
import { z } from 'zod'
import { systemClock } from './base/clock.ts'
import { makeOwnerKey, namesOf, setOwnerKey } from './auditing.ts'
import { hasRoom, JOB_TURN_MS, jobsAtATime, partThreads, TASKS_AT_A_TIME } from './capacity.ts'
import { caring } from './caring.ts'
import { contract } from './contract/index.ts'
import { Albums, implementAlbums } from './engine/albums/index.ts'
import { analysisHandler, implementAdjustment, implementAnalysis, picturesHandler } from './engine/analysis/index.ts'
import { Annotations, implementAnnotations } from './engine/annotations/index.ts'
import { AuditLog, implementAudit } from './engine/audit/index.ts'
import { Catalogue, implementCatalogue } from './engine/library/index.ts'
import { Checksums } from './engine/objects/index.ts'
import { Engagement, implementEngagement } from './engine/engagement/index.ts'
import { Identity } from './engine/identity/index.ts'
import { Pipeline } from './engine/pipeline/index.ts'
import { JobQueue } from './engine/jobs/index.ts'
import {
  Admission,
  Files,
  FrameIndexStore,
  implementLibrary,
  libraryForImports,
  libraryForTasks,
  MediaUrls,
  previewHandler,
  Videos,
} from './engine/library/index.ts'
import { isWhole, probeVideo } from './engine/media/index.ts'
import { implementLinks, lastPartOf } from './engine/identity/index.ts'
import { ownerOf } from './engine/maintenance/index.ts'
import { ModelClient, modelsBeside } from './engine/models/index.ts'
import { ObjectStore, Quarantine, Sidecars } from './engine/objects/index.ts'
import { type Caller, type Door, Operations } from './engine/operations.ts'
import { RunningClock } from './engine/running-clock.ts'
import { CandidateStore, SceneSettingsStore, SceneStore } from './engine/scenes/index.ts'
import { Changes } from './engine/changes.ts'
import { EVERY_MINUTE } from './engine/chores.ts'
import { StorageWatch } from './engine/storage-watch.ts'
import { IdempotencyStore, describeSystem, implementSystem } from './engine/system/index.ts'
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
import { type LibraryOptions, type OpenedFolder, withLibrary } from './opened-library.ts'
import { DailySnapshots, readableOnly } from './platform/database/index.ts'
import { assertRestored, gone } from './platform/files/index.ts'
import type { Log } from './platform/log/index.ts'
import { forkProcess, type StartProcess } from './platform/processes/index.ts'
import { OldSecrets, Secrets, Settings } from './platform/settings/index.ts'
import { guardFolder } from './guarding.ts'
import { serving } from './serving.ts'
import { toolsOf } from './tooling.ts'
import type { HttpServer, ServeWhere } from './transport/http/index.ts'
import { ServerSwitch } from './transport/http/switch.ts'
import { Work } from './work.ts'

export interface EngineOptions extends LibraryOptions {
  readonly version: string
  readonly env: NodeJS.ProcessEnv
  /** How a process of ours is started; as another Node, unless Electron's own way is handed in. */
  readonly startProcess?: StartProcess
}

export interface Engine {
  readonly operations: Operations
  readonly log: Log
  readonly changes: Changes
  /** `new`: there was no database; `read_only`: it is damaged and only read. */
  readonly state: 'good' | 'new' | 'read_only'
  /** What the person at the terminal has to be told at start, or null. */
  readonly notice: string | null
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
 * `library_damaged` when it is damaged and cannot even be read, `storage_refused` when it cannot be written to,
 * `storage_full`.
 */
export async function compose(options: EngineOptions): Promise<Engine> {
  assertRestored(options.data)
  return await withLibrary(options, (opened) => build(options, opened))
}

async function build(options: EngineOptions, opened: OpenedFolder): Promise<Engine> {
  const { folder, log, database } = opened
  const isReadOnly = opened.state === 'read_only'
  const settings = new Settings(database)
  const secrets = Secrets.open(folder.secrets, new OldSecrets(database, settings), log)
  const unguard = guardFolder(folder, log)
  const undoClock = new RunningClock(settings)
  const identity = new Identity(database)
  const changes = new Changes()
  const ownerId = await ownerOf({ database, settings, identity, folder })
  const audit: AuditLog = new AuditLog({
    ...{ database, log },
    userName: (userId) => identity.userName(userId),
    names: namesOf(() => ({ identity, videos, albums, annotations, tasks, quarantine, watched })),
    onChange: () => changes.tell('audit'),
  })
  const givenKey = options.env['FIELDREEL_API_KEY']
  if (givenKey && isReadOnly) identity.lendOwnerKey(givenKey)
  else if (givenKey) setOwnerKey(givenKey, { identity, audit })
  const tools = toolsOf(options.env, log)
  const quarantine = new Quarantine(folder)
  const sidecars = new Sidecars({ database, folder, log })
  const tellVideo = (videoId: string): void => {
    changes.tell('videos', videoId)
    sidecars.nudge()
  }

  const models = new ModelClient({
    start: options.startProcess ?? forkProcess,
    entryFile: path.join(options.workersFolder, 'inference.js'),
    modelsFolder: modelsBeside(options.workersFolder),
  })
  const writers = new PartWriters(options.workersFolder, partThreads())
  const objects = new ObjectStore({
    ...{ database, folder, quarantine, log },
    hash: (file, sizeBytes, watch) => writers.hash(file, sizeBytes, watch),
    onHealed: (sha256) => videos.redoFailed(sha256),
  })
  const checksums = new Checksums(database, folder)
  const frames = new FrameIndexStore({ folder, checksums, tools, sourceOf: (row) => videos.sourceOf(row) })
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
    explain: (error) => folder.explain(error),
    onChange: ({ mediaId }) => tellVideo(mediaId),
  })
  const { now } = undoClock
  const videos = new Videos({ database, folder, objects, jobs, log, now, onChange: tellVideo })
  const catalogue = new Catalogue({ database, videos, now, onChange: tellVideo })
  const engagement = new Engagement({
    ...{ database, databaseFile: folder.database, secrets, log, workersFolder: options.workersFolder },
    cityFile: options.env['FIELDREEL_CITY_DATABASE'],
  })
  const files = new Files({ folder, videos, scenes, jobs })
  const urlTtlMs = TtlSeconds.parse(options.env['FIELDREEL_UPLOAD_URL_TTL_SECONDS']) * 1000
  const tokens = new PartTokens(secrets.signing('upload_secret'), urlTtlMs)
  const mediaUrls = new MediaUrls(secrets.signing('media_secret'))
  const admission = new Admission({ videos, jobs, mediaUrls })
  const uploads = new Uploads({
    ...{ database, folder, log, identity, tokens, writers, objects, sidecars, quarantine },
    probe: async (file) => await probeVideo(await tools(), file),
    admit: (finished) => admission.admit(finished),
  })
  const imports = new Imports({
    ...{ database, folder, uploads, log, clock: systemClock },
    library: libraryForImports(videos, ownerId),
    onChange: () => changes.tell('imports'),
    concurrency: 2,
  })
  const watched = new WatchedFolders({
    ...{ database, imports, log, clock: systemClock },
    libraryFolder: folder.root,
    isWhole,
    onChange: () => changes.tell('watched'),
    settleMs: SETTLE_MS,
  })

  const analysis = {
    ...{ database, videos, scenes, ...cutting, frames, folder, checksums, tools },
    workersFolder: options.workersFolder,
    onChange: tellVideo,
  }
  jobs.register('analysis', analysisHandler(analysis))
  jobs.register('pictures', picturesHandler(analysis))
  jobs.register('preview', previewHandler({ videos, frames, folder, checksums, tools, onChange: tellVideo }))

  const tellTasks = (): void => changes.tell('tasks')
  const library = libraryForTasks({ videos, files, frames })
  const tasks = new Pipeline({
    ...{ database, folder, checksums, objects, library, models, tools, log, onChange: tellTasks },
    // Apart from the library's own jobs, so that neither an hour of film nor a full library holds up the other.
    jobs: new JobQueue({
      ...{ database, log, hasRoom: () => hasRoom(folder), onChange: tellTasks },
      explain: (error) => folder.explain(error),
      concurrency: TASKS_AT_A_TIME,
    }),
    allowPrivateUrls: options.env['FIELDREEL_ALLOW_PRIVATE_URLS'] === '1',
  })

  const albums = new Albums({ database, now, onChange: () => changes.tell('albums') })
  const annotations = new Annotations({ database, now, onChange: (videoId) => changes.tell('annotations', videoId) })

  const operations = new Operations(audit)
  operations.setGate({
    assertWritable: () => database.assertWritable(),
    explain: (error) => folder.explain(error),
  })
  const answers = new IdempotencyStore(database)
  const serve = serving({
    ...{ operations, answers, identity, mediaUrls, ownerId, folder, log, database },
    ...{ version: options.version, env: options.env },
    receiveVideo: () => tasks.receiveVideo(),
    onSignInFailed: (failed) => audit.signInFailed(failed),
  })
  const serverSwitch = new ServerSwitch({ settings, serve, onChange: () => changes.tell('server') })
  implementUploads(operations, { uploads, ownerId: () => ownerId, describe: (done) => admission.describe(done) })
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
  const care = caring({
    ...{ database, folder, checksums, settings, identity, log, objects, quarantine },
    ...{ sidecars, videos, jobs, uploads, tasks, writers, workersFolder: options.workersFolder },
    probe: async (file, signal) => await probeVideo(await tools(), file, { signal, timeLimitMs: 60_000 }),
    onChange: () => changes.tell('maintenance'),
  })
  care.implement(operations)
  implementAudit(operations, audit)
  implementLinks(operations, {
    rotate: () => secrets.renew(['media_secret', 'upload_secret']),
    revokers: [(target) => mediaUrls.revoke(target), (target) => tokens.revoke(lastPartOf(target), Date.now())],
  })
  operations.assertComplete(contract)

  const daily = new DailySnapshots({
    ...{ folder, log, workersFolder: options.workersFolder },
    // A copy of a library without videos would only push out those that are worth something.
    isWorthKeeping: () => opened.isChecked() && !database.isReadOnly && objects.usedBytes() > 0,
  })
  const work = new Work({
    ...{ uploads, care, imports, watched, annotations, albums, catalogue, jobs, tasks, sidecars, undoClock, log },
    chores: [
      { name: 'daily snapshot', everyMs: EVERY_MINUTE, run: () => daily.makeWhenDue() },
      { name: 'audit counts', everyMs: EVERY_MINUTE, run: async () => audit.saveCounts() },
      { name: 'key usage', everyMs: EVERY_MINUTE, run: async () => identity.saveUsage() },
    ],
  })
  const storage = new StorageWatch({
    ...{ look: () => folder.look(), log },
    onChange: (state) => {
      if (state !== 'ok') work.hold(gone(state))
      changes.tell('maintenance')
    },
  })
  database.onDamage(() => {
    changes.tell('maintenance')
    work.stop().catch((error: unknown) => log.error({ err: error }, 'work on a damaged library did not stop in order'))
  })

  const close = async (): Promise<void> => {
    await care.close()
    await serverSwitch.close()
    await work.stop()
    storage.close()
    await sidecars.close()
    await writers.close()
    await engagement.close()
    await models.close()
    try {
      if (!database.isReadOnly) {
        audit.saveCounts()
        undoClock.save()
        identity.saveUsage()
      }
    } catch (error) {
      log.warn({ err: error }, 'the use of keys and the time to undo could not be written down')
    }
    await unguard()
    await daily.close()
    await opened.close()
  }
  try {
    if (!isReadOnly) await work.start()
  } catch (error) {
    await close()
    throw error
  }
  let closing: Promise<void> | null = null
  return {
    operations,
    log,
    changes,
    state: opened.state,
    notice: isReadOnly ? readableOnly(folder) : care.notice(),
    makeOwnerKey: () => (isReadOnly ? null : makeOwnerKey({ identity, audit })),
    owner: (door) => ({ door, userId: ownerId, scopes: new Set(['read', 'write', 'admin']) }),
    serve,
    restoreServer: () => serverSwitch.restore(),
    close: () => (closing ??= close()),
  }
}
