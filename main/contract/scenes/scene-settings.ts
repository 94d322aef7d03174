import { z } from 'zod'
import { AnalysisJob } from '../analysis/analysis-job.ts'
import { Nothing, operation } from '../operation.ts'
import { Scene } from './scene.ts'

/** How finely a video is cut into scenes. */
export const SceneSettings = z.object({
  /** 0..1: how unsure a boundary may be and still open a scene. One of confidence c does from 1 − c on. */
  sensitivity: z.number().min(0).max(1).default(0.5),
  /** No scene is shorter, seconds. Six frames of a quick montage at 25 a second, and a little less. */
  minimumSceneSeconds: z.number().min(0).max(600).default(0.2),
  /** Whether a scene of more than a minute is split where its picture has drifted far from how it began. */
  splitLongScenes: z.boolean().default(false),
})
export type SceneSettings = z.infer<typeof SceneSettings>

/** What a library begins with. */
export const DEFAULT_SCENE_SETTINGS: SceneSettings = SceneSettings.parse({})

const VideoId = z.object({ videoId: z.uuid() })

export const getSceneSettings = operation('sceneSettings.get', {
  summary: 'How finely new videos are cut into scenes.',
  scope: 'read',
  input: Nothing,
  output: SceneSettings,
})

export const setSceneSettings = operation('sceneSettings.set', {
  summary: 'Change how finely new videos are cut; what is left out stays as it is, and so do the scenes there are.',
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
  summary: 'How finely a video is cut, and whether that is its own choice or the library’s.',
  scope: 'read',
  input: VideoId,
  output: z.object({
    settings: SceneSettings,
    /** Whether it was adjusted apart from the library: then it stays so when it is analysed again. */
    own: z.boolean(),
  }),
})

/** A scene as it would be. */
export const ScenePreview = Scene.pick({ startTime: true, endTime: true, transition: true, confidenceScore: true })
export type ScenePreview = z.infer<typeof ScenePreview>

export const previewScenes = operation('scenes.preview', {
  summary: 'The scenes that a video would have with other settings. Nothing is changed, and no film is read.',
  scope: 'read',
  input: VideoId.extend({ settings: SceneSettings }),
  output: z.object({
    videoId: z.uuid(),
    scenes: z.array(ScenePreview),
    /** How many it has now. */
    countNow: z.int().nonnegative(),
  }),
})

export const applySceneSettings = operation('scenes.apply', {
  summary:
    'Cut a video anew with other settings. The film is not searched again; its scenes get new ids, pictures and descriptions.',
  scope: 'write',
  input: VideoId.extend({
    /** Null goes back to the library's. */
    settings: SceneSettings.nullable(),
  }),
  output: AnalysisJob,
})
