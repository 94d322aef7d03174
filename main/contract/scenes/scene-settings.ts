import { z } from 'zod'
import { Id } from '../id.ts'
import { AnalysisJob } from '../analysis/analysis-job.ts'
import { Nothing, operation } from '../operation.ts'
import { Scene } from './scene.ts'

/** Settings of scene detection (AN-13). */
export const SceneSettings = z.object({
  /** 0..1: see `leastConfidence`. */
  sensitivity: z.number().min(0).max(1).default(0.5),
  /** Least length of a scene, seconds. The default is a little less than six frames at 25 a second. */
  minimumSceneSeconds: z.number().min(0).max(600).default(0.2),
  /** Whether scenes of more than a minute are split where the picture has slowly changed. */
  splitLongScenes: z.boolean().default(false),
})
export type SceneSettings = z.infer<typeof SceneSettings>

export const DEFAULT_SCENE_SETTINGS: SceneSettings = SceneSettings.parse({})

/** Confidence that the lowest sensitivity asks for, and 1 less the one that the highest asks for. */
const SUREST = 0.99

/**
 * The confidence from which on a boundary begins a scene at this sensitivity (AN-13). Even steps of sensitivity are even
 * steps of log odds, with .5 at .5: confidences lie close to 0 and 1, where even steps of their own would change nothing.
 */
export function leastConfidence(sensitivity: number): number {
  const logOdds = Math.log(SUREST / (1 - SUREST)) * (1 - 2 * sensitivity)
  return 1 / (1 + Math.exp(-logOdds))
}

const VideoId = z.object({ videoId: Id })

export const getSceneSettings = operation('sceneSettings.get', {
  summary: 'The scene detection settings for new videos.',
  scope: 'read',
  input: Nothing,
  output: SceneSettings,
})

export const setSceneSettings = operation('sceneSettings.set', {
  summary: 'Change the scene detection settings for new videos; what is left out, and existing scenes, stay unchanged.',
  scope: 'write',
  input: z.object({
    sensitivity: SceneSettings.shape.sensitivity.unwrap().optional(),
    minimumSceneSeconds: SceneSettings.shape.minimumSceneSeconds.unwrap().optional(),
    splitLongScenes: SceneSettings.shape.splitLongScenes.unwrap().optional(),
  }),
  output: SceneSettings,
  audit: { target: () => null, details: (change) => ({ ...change }) },
})

export const getVideoSceneSettings = operation('sceneSettings.ofVideo', {
  summary: 'The scene detection settings of a video, and whether they are its own or the library’s.',
  scope: 'read',
  input: VideoId,
  output: z.object({
    settings: SceneSettings,
    /** Whether they are its own: then a new analysis uses them again. */
    own: z.boolean(),
  }),
})

export const ScenePreview = Scene.pick({ startTime: true, endTime: true, transition: true, confidenceScore: true })
export type ScenePreview = z.infer<typeof ScenePreview>

export const previewScenes = operation('scenes.preview', {
  summary: 'The scenes that a video would have with other settings. Nothing is changed, and the video is not read.',
  scope: 'read',
  input: VideoId.extend({ settings: SceneSettings }),
  output: z.object({
    videoId: Id,
    scenes: z.array(ScenePreview),
    /** How many it has now. */
    countNow: z.int().nonnegative(),
  }),
})

export const applySceneSettings = operation('scenes.apply', {
  summary:
    'Cut a video again with other settings. The video is not analysed again; its scenes get new ids, pictures and descriptions.',
  scope: 'write',
  input: VideoId.extend({
    /** Null returns to the library's. */
    settings: SceneSettings.nullable(),
  }),
  output: AnalysisJob,
})
