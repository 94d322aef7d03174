import type { z } from 'zod'
import type { SceneSettings } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { sizeOf } from '../../platform/files/index.ts'
import type { JobHandler, JobRun } from '../jobs/index.ts'
import { DerivedFolder, metadataOf, type VideoRow, type Videos } from '../library/index.ts'
import {
  type analysisJob,
  type CandidateStore,
  cutScenes,
  type Detected,
  detectScenes,
  mintSceneId,
  type SceneSettingsStore,
  type SceneStore,
} from '../scenes/index.ts'
import { reusePictures } from './picture-reuse.ts'
import { VideoPictures, type VideoPicturesOptions } from './video-pictures.ts'
import { withStableRanges } from './stable-ranges.ts'

export interface AnalysisOptions extends VideoPicturesOptions {
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

/** Does `analysisJob`: scenes, their pictures, and the sprite. */
export function analysisHandler(options: AnalysisOptions): JobHandler<z.output<typeof analysisJob.schema>> {
  const pictures = new VideoPictures(options)
  return async ({ subjectId: mediaId, request: { recut } }, run) => {
    await options.frames.of(options.videos.row(mediaId), run.signal)
    // Read after its index: that sets its duration right.
    const row = options.videos.row(mediaId)
    const derived = new DerivedFolder(options.folder, mediaId)
    const known = recut && options.candidates.get(mediaId)
    if (row.poster === 0 || (await sizeOf(derived.poster)) === null) {
      run.report(0, 'Making a picture')
      await pictures.poster(row, run.signal)
    }
    const detected = known ?? (await detect(options, row, run))
    const cut = recut ? settingsFor(options, recut.settings) : options.sceneSettings.toCutBy(mediaId)
    const scenes = cutScenes(detected, cut.settings).map((scene) => ({ sceneId: mintSceneId(), ...scene }))
    const picturesBegin = known ? POSTER_ENDS : SCENES_END
    const unpictured = known
      ? await reusePictures(derived, options.checksums, options.scenes.list(mediaId), scenes)
      : scenes
    // The sprite does not depend on the scenes: an existing one stays valid.
    const hasSprite = known !== null && row.sprite !== null && (await sizeOf(derived.sprite)) !== null
    const missing = { scenes: withStableRanges(unpictured, detected), sprite: !hasSprite }
    await pictures.make(row, missing, run.signal, (fraction) =>
      run.report(between(picturesBegin, 100, fraction), 'Making scene pictures'),
    )
    // In one transaction: after a crash, scenes and the settings that made them still match.
    options.database.transaction(() => {
      options.candidates.put(mediaId, detected)
      options.sceneSettings.put(mediaId, cut)
      options.scenes.replace(mediaId, scenes, options.frames.stored(mediaId))
    })
    await pictures.removeOthers(row, scenes)
  }
}

/** Does `picturesJob`: makes the pictures of a video again whose derived folder was deleted. */
export function picturesHandler(options: AnalysisOptions): JobHandler {
  const pictures = new VideoPictures(options)
  return async ({ subjectId: mediaId }, { signal, report }) => {
    const row = options.videos.row(mediaId)
    report(0, 'Making pictures again')
    await pictures.poster(row, signal)
    const all = {
      scenes: withStableRanges(options.scenes.list(mediaId), options.candidates.get(mediaId)),
      sprite: true,
    }
    await pictures.make(row, all, signal, (fraction) => report(fraction * 100, 'Making pictures again'))
    // The scenes may have changed meanwhile.
    await pictures.removeOthers(row, options.scenes.list(mediaId))
  }
}

/** Reads the whole video. */
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

/** Settings for one video become its own; null returns to the library's. */
function settingsFor({ sceneSettings }: AnalysisOptions, settings: SceneSettings | null) {
  return settings ? { settings, own: true } : { settings: sceneSettings.library, own: false }
}

function between(from: number, to: number, fraction: number): number {
  return from + (to - from) * fraction
}
