import {
  applySceneSettings,
  EngineError,
  getSceneSettings,
  getVideoSceneSettings,
  previewScenes,
  type SceneSettings,
  setSceneSettings,
} from '../../contract/index.ts'
import { isOpen, type JobQueue } from '../jobs/index.ts'
import type { Videos } from '../library/index.ts'
import type { Operations } from '../operations.ts'
import {
  analysisJob,
  type CandidateStore,
  cutScenes,
  type SceneSettingsStore,
  type SceneStore,
} from '../scenes/index.ts'
import { toAnalysisJob } from './analysis-job.ts'

export interface AdjustmentOptions {
  readonly jobs: JobQueue
  readonly videos: Videos
  readonly scenes: SceneStore
  readonly candidates: CandidateStore
  readonly sceneSettings: SceneSettingsStore
}

/** Answers the operations of contract/scenes/scene-settings.ts. */
export function implementAdjustment(operations: Operations, options: AdjustmentOptions): void {
  const { videos, scenes, candidates, sceneSettings } = options
  operations
    .implement(getSceneSettings, () => sceneSettings.library)
    .implement(setSceneSettings, (change) => sceneSettings.changeLibrary(change))
    .implement(getVideoSceneSettings, ({ videoId }) => {
      videos.row(videoId)
      return sceneSettings.ofVideo(videoId)
    })
    .implement(previewScenes, ({ videoId, settings }) => {
      videos.row(videoId)
      const detected = candidates.get(videoId)
      if (!detected) throw noDetection(options, videoId)
      return { videoId, scenes: cutScenes(detected, settings), countNow: scenes.counts([videoId]).get(videoId) ?? 0 }
    })
    .implement(applySceneSettings, ({ videoId, settings }) => queueRecut(options, videoId, settings))
}

/** Why a video has no stored detection. */
function noDetection({ jobs, scenes }: AdjustmentOptions, videoId: string): EngineError {
  if (jobs.isBusy(videoId, analysisJob)) {
    return new EngineError('conflict', 'Scene detection is running. You can adjust the scenes when it has finished.')
  }
  const wereFound = scenes.list(videoId).length > 0
  const message = wereFound
    ? 'The scenes of this video were detected by an earlier version of Fieldreel. Detect them again to adjust them.'
    : 'No scenes were detected in this video yet. Detect them to adjust them.'
  return new EngineError('conflict', message)
}

/** Queues a new cut at high priority, since it is short; it replaces an earlier one that is still queued. */
async function queueRecut({ jobs, videos }: AdjustmentOptions, videoId: string, settings: SceneSettings | null) {
  videos.row(videoId)
  const latest = jobs.latest(videoId, analysisJob)
  if (latest && isOpen(latest)) {
    if (analysisJob.schema.parse(latest.request).recut === null) {
      throw new EngineError('conflict', 'Scene detection is running. You can adjust the scenes when it has finished.')
    }
    await jobs.cancel(latest.id)
  }
  return toAnalysisJob(jobs.enqueue(analysisJob, videoId, { recut: { settings } }, 'high'))
}
