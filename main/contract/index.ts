import * as albums from './album.ts'
import * as annotations from './annotation.ts'
import * as audit from './audit.ts'
import type { AnyOperation } from './operation.ts'
import * as catalogue from './catalogue.ts'
import * as engagement from './engagement.ts'
import * as imports from './import.ts'
import * as jobs from './job.ts'
import * as keys from './key.ts'
import * as maintenance from './maintenance.ts'
import * as scenes from './scene.ts'
import * as sceneSettings from './scene-settings.ts'
import * as secrets from './secret.ts'
import * as server from './server.ts'
import * as system from './system.ts'
import * as tasks from './task.ts'
import * as uploads from './upload.ts'
import * as videos from './video.ts'
import * as watched from './watched.ts'

export * from './album.ts'
export * from './annotation.ts'
export * from './audit.ts'
export * from './catalogue.ts'
export * from './engagement.ts'
export * from './errors.ts'
export * from './frame-index.ts'
export * from './import.ts'
export * from './job.ts'
export * from './key.ts'
export * from './maintenance.ts'
export * from './operation.ts'
export * from './reading.ts'
export * from './scene.ts'
export * from './scene-settings.ts'
export * from './secret.ts'
export * from './server.ts'
export * from './shown.ts'
export * from './system.ts'
export * from './task.ts'
export * from './track-colours.ts'
export * from './upload.ts'
export * from './video.ts'
export * from './watched.ts'

function isOperation(value: unknown): value is AnyOperation {
  return typeof value === 'object' && value !== null && 'scope' in value && 'kind' in value && 'name' in value
}

/** Every operation there is; the engine refuses to start while one of them has no handler. */
export const contract: readonly AnyOperation[] = [
  albums,
  annotations,
  audit,
  catalogue,
  engagement,
  imports,
  jobs,
  keys,
  maintenance,
  scenes,
  sceneSettings,
  secrets,
  server,
  system,
  tasks,
  uploads,
  videos,
  watched,
]
  .flatMap((domain) => Object.values(domain) as unknown[])
  .filter(isOperation)
