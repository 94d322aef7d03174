import { z } from 'zod'
import { Id } from '../id.ts'
import { Instant, operation, StoredFile } from '../operation.ts'

/** `drift` splits a long scene that has changed slowly, without an edit. */
export const TransitionKind = z.enum(['start', 'cut', 'fade', 'dissolve', 'wipe', 'drift'])
export type TransitionKind = z.infer<typeof TransitionKind>

/** One scene of a video: half-open [startTime, endTime), seconds from the start (AN-2). */
export const Scene = z.object({
  sceneId: Id,
  videoId: Id,
  sceneIndex: z.int().nonnegative(),
  startTime: z.number().nonnegative(),
  endTime: z.number().nonnegative(),
  /** The frames it begins with and ends before, counted from 0; null while the video has no frame index. */
  startFrame: z.int().nonnegative().nullable(),
  endFrame: z.int().nonnegative().nullable(),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  visibleText: z.string().nullable(),
  /** 0..1: confidence of the boundary at its start. */
  confidenceScore: z.number().min(0).max(1).nullable(),
  /** The transition at its start; `start` for the first scene. */
  transition: TransitionKind,
  thumbnailUrl: z.string().nullable(),
  createdAt: Instant,
})
export type Scene = z.infer<typeof Scene>

export const listScenes = operation('scenes.list', {
  summary: 'The scenes of a video in order; empty until they are found.',
  scope: 'read',
  input: z.object({ videoId: Id }),
  output: z.object({ videoId: Id, scenes: z.array(Scene) }),
})

export const openSceneThumbnail = operation('scenes.openThumbnail', {
  summary: 'The JPEG picture at the midpoint of a scene.',
  scope: 'read',
  input: z.object({ sceneId: Id }),
  output: StoredFile,
  inProcess: true,
})
