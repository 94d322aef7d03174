import { albumsModule } from './engine/albums/index.ts'
import { analysisModule } from './engine/analysis/index.ts'
import { annotationsModule } from './engine/annotations/index.ts'
import { auditModule } from './engine/audit/index.ts'
import type { Changes } from './engine/changes.ts'
import { engagementModule } from './engine/engagement/index.ts'
import { eventsModule } from './engine/events/index.ts'
import { identityModule } from './engine/identity/index.ts'
import { jobsModule } from './engine/jobs/index.ts'
import { libraryModule } from './engine/library/index.ts'
import { maintenanceModule } from './engine/maintenance/index.ts'
import { modelsModule } from './engine/models/index.ts'
import { objectsModule } from './engine/objects/index.ts'
import { type OpenedFolder, withLibrary } from './engine/opened-folder.ts'
import type { Caller, Door, Operations } from './engine/operations.ts'
import { pipelineModule } from './engine/pipeline/index.ts'
import { type EngineOptions, platformOn } from './engine/platform.ts'
import { Runtime } from './engine/runtime.ts'
import { scenesModule } from './engine/scenes/index.ts'
import { systemModule } from './engine/system/index.ts'
import { uploadsModule } from './engine/uploads/index.ts'
import { readableOnly } from './platform/database/index.ts'
import { assertRestored } from './platform/files/index.ts'
import type { Log } from './platform/log/index.ts'
import type { HttpServer, ServeWhere } from './transport/http/index.ts'
import { serverModule } from './transport/http/module.ts'

/** All of the engine, lower capabilities first. */
const MODULES = [
  ...[identityModule, eventsModule, jobsModule, objectsModule, modelsModule, scenesModule, libraryModule],
  ...[uploadsModule, pipelineModule, analysisModule, albumsModule, annotationsModule, engagementModule],
  ...[auditModule, maintenanceModule, systemModule, serverModule],
]

export interface Engine {
  readonly operations: Operations
  readonly log: Log
  readonly changes: Changes
  /** `new`: there was no database; `read_only`: it is damaged and only read. */
  readonly state: 'good' | 'new' | 'read_only'
  /** A message for the person at the terminal at start, or null. */
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
  const { folder, log, state } = opened
  const platform = platformOn(opened, options)
  const runtime = new Runtime(platform)
  try {
    await runtime.build(MODULES)
    if (state !== 'read_only') await runtime.start()
  } catch (error) {
    await runtime.close()
    throw error
  }
  let closing: Promise<void> | null = null
  const { ownerId } = runtime.use(identityModule)
  const { serve, restore } = runtime.use(serverModule)
  return {
    ...{ operations: runtime.operations, log, changes: platform.changes, state, serve },
    notice: state === 'read_only' ? readableOnly(folder) : runtime.use(maintenanceModule).notice(),
    makeOwnerKey: runtime.use(auditModule).makeOwnerKey,
    owner: (door) => ({ door, userId: ownerId, scopes: new Set(['read', 'write', 'admin']) }),
    restoreServer: restore,
    close: () => (closing ??= runtime.close().then(() => opened.close())),
  }
}
