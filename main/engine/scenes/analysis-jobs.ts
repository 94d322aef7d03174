import { z } from 'zod'
import { AnalysisProvider, AnalysisType, SceneSettings } from '../../contract/index.ts'
import { defineJob } from '../jobs/index.ts'

/** What an analysis job is asked for. */
const AnalysisRequest = z.object({
  analysisType: AnalysisType.default('full_vlm'),
  analysisProvider: AnalysisProvider.default('google'),
  /** The provider's model; null for its default. */
  analysisModel: z.string().nullable().default(null),
  /** Cut anew from what was found before, by these settings (null: the library's), instead of looking at the film again. */
  recut: z.object({ settings: SceneSettings.nullable() }).nullable().default(null),
})

/** Finds the scenes of a video and makes their pictures. */
export const analysisJob = defineJob('analysis', AnalysisRequest, { lane: 'cpu' })

/** Makes the pictures of a video again. */
export const picturesJob = defineJob('pictures', z.object({}), { lane: 'cpu' })
