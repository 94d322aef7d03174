import { z } from 'zod'
import { AnalysisProvider, AnalysisType, SceneSettings } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { sizeOf } from '../../platform/files/index.ts'
import type { Job, JobHandler, JobRun } from '../jobs/index.ts'
import { DerivedFolder, metadataOf, type VideoRow, type Videos } from '../library/index.ts'
import {
  type CandidateStore,
  cutScenes,
  type Detected,
  detectScenes,
  mintSceneId,
  type SceneSettingsStore,
  type SceneStore,
} from '../scenes/index.ts'
import { keepPictures } from './kept-pictures.ts'
import { PictureMaker, type PicturesOptions } from './pictures.ts'
import { withQuiet } from './quiet.ts'

/** What an analysis job was asked for. */
export const AnalysisRequest = z.object({
  analysisType: AnalysisType.default('full_vlm'),
  analysisProvider: AnalysisProvider.default('google'),
  /** The provider's model; null for its default. */
  analysisModel: z.string().nullable().default(null),
  /** Cut anew from what was found before, by these settings (null: the library's), instead of looking at the film again. */
  recut: z.object({ settings: SceneSettings.nullable() }).nullable().default(null),
})

export interface AnalysisOptions extends PicturesOptions {
  readonly database: Database
  readonly videos: Videos
  readonly scenes: SceneStore
  readonly candidates: CandidateStore
  readonly sceneSettings: SceneSettingsStore
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
  return async ({ mediaId, request }, run) => {
    const { recut } = AnalysisRequest.parse(request)
    const row = options.videos.row(mediaId)
    const derived = new DerivedFolder(options.folder, mediaId)
    const known = recut && options.candidates.get(mediaId)
    if (row.poster === 0 || (await sizeOf(derived.poster)) === null) {
      run.report(0, 'Making a picture')
      await pictures.poster(row, run.signal)
    }
    const detected = known ?? (await detect(options, row, run))
    const cut = recut ? chosenFor(options, recut.settings) : options.sceneSettings.toCutBy(mediaId)
    const scenes = cutScenes(detected, cut.settings).map((scene) => ({ sceneId: mintSceneId(), ...scene }))
    const picturesBegin = known ? POSTER_ENDS : SCENES_END
    const unpictured = known
      ? await keepPictures(derived, options.checksums, options.scenes.list(mediaId), scenes)
      : scenes
    // The sheet does not know of scenes: one that is there stays true.
    const hasSprite = known !== null && row.sprite !== null && (await sizeOf(derived.sprite)) !== null
    const wanted = { scenes: withQuiet(unpictured, detected), sprite: !hasSprite }
    await pictures.make(row, wanted, run.signal, (fraction) =>
      run.report(between(picturesBegin, 100, fraction), 'Making scene pictures'),
    )
    // All of it or nothing: a crash leaves the scenes that were, with the settings that made them.
    options.database.transaction(() => {
      options.candidates.put(mediaId, detected)
      options.sceneSettings.put(mediaId, cut)
      options.scenes.replace(mediaId, scenes, options.frames.stored(mediaId))
    })
    await pictures.forgetOthers(row, scenes)
  }
}

/** Jobs of kind `pictures`: makes the pictures of a video again whose derived folder was deleted. */
export function picturesHandler(options: AnalysisOptions): JobHandler {
  const pictures = new PictureMaker(options)
  return async ({ mediaId }: Job, { signal, report }) => {
    const row = options.videos.row(mediaId)
    report(0, 'Making pictures again')
    await pictures.poster(row, signal)
    const wanted = { scenes: withQuiet(options.scenes.list(mediaId), options.candidates.get(mediaId)), sprite: true }
    await pictures.make(row, wanted, signal, (fraction) => report(fraction * 100, 'Making pictures again'))
    // The video may have been cut into other scenes meanwhile.
    await pictures.forgetOthers(row, options.scenes.list(mediaId))
  }
}

/** Looks at the whole film. */
async function detect(options: AnalysisOptions, row: VideoRow, { signal, report }: JobRun): Promise<Detected> {
  report(POSTER_ENDS, 'Finding scenes')
  const { width, height } = metadataOf(row)
  return await detectScenes(
    {
      path: options.videos.sourceOf(row),
      tools: await options.tools(),
      durationSeconds: row.duration_seconds ?? 0,
      frames: (await options.frames.of(row, signal)).pack(),
      ...(width !== null && height !== null && { pixels: width * height }),
    },
    {
      workersFolder: options.workersFolder,
      signal,
      onProgress: (fraction) => report(between(POSTER_ENDS, SCENES_END, fraction), 'Finding scenes'),
    },
  )
}

/** Settings that were chosen for one video make it stand apart from the library; null makes it follow again. */
function chosenFor({ sceneSettings }: AnalysisOptions, settings: SceneSettings | null) {
  return settings ? { settings, own: true } : { settings: sceneSettings.library, own: false }
}

function between(from: number, to: number, fraction: number): number {
  return from + (to - from) * fraction
}
