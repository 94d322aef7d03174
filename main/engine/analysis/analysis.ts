import { z } from 'zod'
import { AnalysisProvider, AnalysisType } from '../../contract/index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import type { Job, JobHandler, JobRun } from '../jobs/index.ts'
import type { VideoRow, Videos } from '../library/index.ts'
import { detectScenes, type FoundScene, mintSceneId, type SceneStore } from '../scenes/index.ts'
import { PictureMaker, type PicturesOptions } from './pictures.ts'

/** What an analysis job was asked for. */
export const AnalysisRequest = z.object({
  analysisType: AnalysisType.default('full_vlm'),
  analysisProvider: AnalysisProvider.default('google'),
  /** The provider's model; null for its default. */
  analysisModel: z.string().nullable().default(null),
})

export interface AnalysisOptions extends PicturesOptions {
  readonly videos: Videos
  readonly scenes: SceneStore
  readonly tools: () => Promise<FfmpegTools>
  /** Folder with the built worker entries. */
  readonly workersFolder: string
}

/** Share of the whole job that each step takes, in percent. */
const POSTER_ENDS = 3
const SCENES_END = 75

/** Jobs of kind `analysis`: scenes, their pictures, and the sheet to scrub through. */
export function analysisHandler(options: AnalysisOptions): JobHandler {
  const pictures = new PictureMaker(options)
  return async ({ mediaId }, run) => {
    const row = options.videos.rows.get(mediaId)
    if (row.poster === 0) {
      run.report(0, 'Making a picture')
      await pictures.poster(row, run.signal)
    }
    const scenes = await findScenes(options, row, run)
    await pictures.scenesAndSprite(row, scenes, run.signal, (fraction) =>
      run.report(between(SCENES_END, 100, fraction), 'Making scene pictures'),
    )
    options.scenes.replace(mediaId, scenes)
    options.onChange(mediaId)
    await pictures.forgetOthers(row, scenes)
  }
}

/** Jobs of kind `pictures`: makes the pictures of a video again whose derived folder was deleted. */
export function picturesHandler(options: AnalysisOptions): JobHandler {
  const pictures = new PictureMaker(options)
  return async ({ mediaId }: Job, { signal, report }) => {
    const row = options.videos.rows.get(mediaId)
    report(0, 'Making pictures again')
    await pictures.poster(row, signal)
    const scenes = options.scenes.list(mediaId)
    await pictures.scenesAndSprite(row, scenes, signal, (fraction) => report(fraction * 100, 'Making pictures again'))
  }
}

async function findScenes(options: AnalysisOptions, row: VideoRow, { signal, report }: JobRun): Promise<FoundScene[]> {
  report(POSTER_ENDS, 'Finding scenes')
  const { scenes } = await detectScenes(
    {
      path: options.videos.sourceOf(row),
      tools: await options.tools(),
      durationSeconds: row.duration_seconds ?? 0,
      startSeconds: row.start_seconds,
    },
    {
      workersFolder: options.workersFolder,
      signal,
      onProgress: (fraction) => report(between(POSTER_ENDS, SCENES_END, fraction), 'Finding scenes'),
    },
  )
  return scenes.map((scene) => ({ sceneId: mintSceneId(), ...scene }))
}

function between(from: number, to: number, fraction: number): number {
  return from + (to - from) * fraction
}
