import { z } from 'zod'
import { AnalysisProvider, AnalysisType, SceneSettings } from '../../contract/index.ts'
import { defineJob } from '../jobs/index.ts'

const AnalysisRequest = z.object({
  analysisType: AnalysisType.default('full_vlm'),
  analysisProvider: AnalysisProvider.default('google'),
  /** The provider's model; null for its default. */
  analysisModel: z.string().nullable().default(null),
  /** Cut again from the stored detection by these settings (null: the library's), without reading the video (AN-13). */
  recut: z.object({ settings: SceneSettings.nullable() }).nullable().default(null),
})

/** Detects the scenes of a video and makes their pictures. */
export const analysisJob = defineJob('analysis', AnalysisRequest, { lane: 'cpu' })

/** Makes the pictures of a video again. */
export const picturesJob = defineJob('pictures', z.object({}), { lane: 'cpu' })

/** Makes the poster of a new video, before its analysis has its turn (AN-25). */
export const posterJob = defineJob('poster', z.object({}), { lane: 'short' })
