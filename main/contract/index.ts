import * as albums from './albums/album.ts'
import * as annotations from './annotations/annotation.ts'
import * as audit from './audit/audit.ts'
import type { AnyOperation } from './operation.ts'
import * as catalogue from './library/catalogue.ts'
import * as engagement from './engagement/engagement.ts'
import * as imports from './uploads/import.ts'
import * as jobs from './analysis/analysis-job.ts'
import * as keys from './identity/key.ts'
import * as maintenance from './maintenance/maintenance.ts'
import * as scenes from './scenes/scene.ts'
import * as sceneSettings from './scenes/scene-settings.ts'
import * as secrets from './identity/secret.ts'
import * as server from './system/server.ts'
import * as system from './system/system.ts'
import * as tasks from './pipeline/operations.ts'
import * as uploads from './uploads/upload.ts'
import * as videos from './library/video.ts'
import * as videoOrder from './library/video-order.ts'
import * as watched from './uploads/watched.ts'

// For the window, which sees only the contract.
export { partitionPoint } from '../base/binary-search.ts'
export * from './albums/album.ts'
export * from './annotations/annotation.ts'
export * from './audit/audit.ts'
export * from './library/catalogue.ts'
export * from './engagement/engagement.ts'
export * from './errors.ts'
export { Id } from './id.ts'
export { FrameIndex } from './media/frame-index.ts'
export { FrameSet } from './media/frame-set.ts'
export * from './uploads/import.ts'
export * from './analysis/analysis-job.ts'
export * from './identity/key.ts'
export * from './maintenance/maintenance.ts'
export * from './operation.ts'
export * from './reading.ts'
export * from './scenes/scene.ts'
export * from './scenes/scene-settings.ts'
export * from './identity/secret.ts'
export * from './system/server.ts'
export * from './shown.ts'
export * from './system/system.ts'
export * from './pipeline/operations.ts'
export * from './pipeline/request.ts'
export * from './pipeline/results.ts'
export * from './pipeline/step-model.ts'
export * from './pipeline/stream.ts'
export * from './pipeline/task.ts'
export * from './pipeline/track-colours.ts'
export * from './uploads/upload.ts'
export * from './library/video.ts'
export * from './library/video-order.ts'
export * from './uploads/watched.ts'

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
  videoOrder,
  watched,
]
  .flatMap((domain) => Object.values(domain) as unknown[])
  .filter(isOperation)
