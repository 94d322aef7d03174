import {
  applySceneSettings,
  EngineError,
  getSceneSettings,
  getVideoSceneSettings,
  previewScenes,
  type SceneSettings,
  setSceneSettings,
} from '../../contract/index.ts'
import type { Job, JobQueue } from '../jobs/index.ts'
import type { Videos } from '../library/index.ts'
import type { Operations } from '../operations.ts'
import { type CandidateStore, cutScenes, type SceneSettingsStore, type SceneStore } from '../scenes/index.ts'
import { AnalysisRequest } from './analysis.ts'
import { toAnalysisJob } from './analysis-job.ts'

export interface AdjustmentOptions {
  readonly jobs: JobQueue
  readonly videos: Videos
  readonly scenes: SceneStore
  readonly candidates: CandidateStore
  readonly sceneSettings: SceneSettingsStore
}

/** Answers the operations of contract/scene-settings.ts. */
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
      if (!detected) throw notFoundYet(options, videoId)
      return { videoId, scenes: cutScenes(detected, settings), countNow: scenes.counts([videoId]).get(videoId) ?? 0 }
    })
    .implement(applySceneSettings, ({ videoId, settings }) => queueRecut(options, videoId, settings))
}

/** Why there is nothing to cut by. */
function notFoundYet({ jobs, scenes }: AdjustmentOptions, videoId: string): EngineError {
  if (isUnderWay(jobs.latest(videoId, 'analysis'))) {
    return new EngineError('conflict', 'Scenes are being found. They can be adjusted when that is done.')
  }
  const wereFound = scenes.list(videoId).length > 0
  const message = wereFound
    ? 'The scenes of this video were found by an earlier Fieldreel. Find them again once, then they can be adjusted.'
    : 'Scenes have not been looked for in this video. Find them first, then they can be adjusted.'
  return new EngineError('conflict', message)
}

/** Queues cutting anew, before others: somebody waits for it, and it is soon done. The last wish counts. */
async function queueRecut({ jobs, videos }: AdjustmentOptions, videoId: string, settings: SceneSettings | null) {
  videos.row(videoId)
  const latest = jobs.latest(videoId, 'analysis')
  if (latest && isUnderWay(latest)) {
    if (AnalysisRequest.parse(latest.request).recut === null) {
      throw new EngineError('conflict', 'Scenes are being found. They can be adjusted when that is done.')
    }
    await jobs.cancel(latest.id)
  }
  return toAnalysisJob(jobs.enqueue('analysis', videoId, { recut: { settings } }, 'high'))
}

function isUnderWay(job: Job | null): boolean {
  return job?.status === 'pending' || job?.status === 'processing'
}
