import type { z } from 'zod'
import type { SceneSettings } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { sizeOf } from '../../platform/files/index.ts'
import type { JobHandler, JobRun } from '../jobs/index.ts'
import { type DecodedPictures, pictureOf, pixelsOf } from '../media/index.ts'
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
import { withDecodedFolder } from './decoded-folder.ts'
import { reusePictures } from './picture-reuse.ts'
import type { VideoPictures, VideoPicturesOptions } from './video-pictures.ts'
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
const SCENES_END = 95

/** Does `analysisJob`: scenes, their pictures, and the sprite. */
export function analysisHandler(
  options: AnalysisOptions,
  pictures: VideoPictures,
): JobHandler<z.output<typeof analysisJob.schema>> {
  return async ({ subjectId: mediaId, request: { recut } }, run) => {
    await options.frames.of(options.videos.row(mediaId), run.signal)
    // Read after its index: that sets its duration right.
    const row = options.videos.row(mediaId)
    const derived = new DerivedFolder(options.folder, mediaId)
    run.report(0, 'Making a picture')
    await pictures.poster(row, run.signal)
    const known = recut && options.candidates.get(mediaId)
    const cut = (): Cut => (recut ? settingsFor(options, recut.settings) : options.sceneSettings.toCutBy(mediaId))
    if (known) {
      await replaceScenes(options, pictures, { row, derived, known: true, detected: known, cut: cut() }, run)
      return
    }
    await withDecodedFolder(derived, async (folder) => {
      const { detected, decoded } = await detect(options, pictures, row, folder, run)
      await replaceScenes(options, pictures, { row, derived, known: false, detected, decoded, cut: cut() }, run)
    })
  }
}

type Cut = ReturnType<SceneSettingsStore['toCutBy']>

interface Replacement {
  readonly row: VideoRow
  readonly derived: DerivedFolder
  readonly detected: Detected
  /** It was detected earlier: pictures may be there already. */
  readonly known: boolean
  readonly decoded?: DecodedPictures | undefined
  readonly cut: Cut
}

/** Cuts the scenes, makes what pictures they lack, and puts them in the place of those before. */
async function replaceScenes(
  options: AnalysisOptions,
  pictures: VideoPictures,
  { row, derived, detected, known, decoded, cut }: Replacement,
  { signal, report }: JobRun,
): Promise<void> {
  const scenes = cutScenes(detected, cut.settings).map((scene) => ({ sceneId: mintSceneId(), ...scene }))
  const before = options.scenes.list(row.id)
  const unpictured = known ? await reusePictures(derived, options.checksums, before, scenes) : scenes
  // The sprite does not depend on the scenes: an existing one stays valid.
  const hasSprite = known && row.sprite !== null && (await sizeOf(derived.sprite)) !== null
  const missing = { scenes: withStableRanges(unpictured, detected), sprite: !hasSprite, detected, decoded }
  await pictures.make(row, missing, signal, (fraction) =>
    report(between(known ? POSTER_ENDS : SCENES_END, 100, fraction), 'Making scene pictures'),
  )
  // In one transaction: after a crash, scenes and the settings that made them still match.
  options.database.transaction(() => {
    options.candidates.put(row.id, detected)
    options.sceneSettings.put(row.id, cut)
    options.scenes.replace(row.id, scenes, options.frames.stored(row.id))
  })
  await pictures.removeOthers(row, scenes)
}

/** Does `posterJob`. */
export function posterHandler({ videos }: Pick<AnalysisOptions, 'videos'>, pictures: VideoPictures): JobHandler {
  return async ({ subjectId: mediaId }, { signal }) => {
    await pictures.poster(videos.row(mediaId), signal)
  }
}

/** Does `picturesJob`: makes the pictures of a video again whose derived folder was deleted. */
export function picturesHandler(options: AnalysisOptions, pictures: VideoPictures): JobHandler {
  return async ({ subjectId: mediaId }, { signal, report }) => {
    const row = options.videos.row(mediaId)
    report(0, 'Making pictures again')
    await pictures.poster(row, signal, 'anew')
    const detected = options.candidates.get(mediaId)
    const all = { scenes: withStableRanges(options.scenes.list(mediaId), detected), sprite: true, detected }
    await pictures.make(row, all, signal, (fraction) => report(fraction * 100, 'Making pictures again'))
    // The scenes may have changed meanwhile.
    await pictures.removeOthers(row, options.scenes.list(mediaId))
  }
}

/**
 * Reads the whole video.
 * @param folder for pictures of frames that are decoded anyway.
 */
async function detect(
  options: AnalysisOptions,
  pictures: VideoPictures,
  row: VideoRow,
  folder: string,
  { signal, report }: JobRun,
): Promise<{ detected: Detected; decoded: DecodedPictures }> {
  report(POSTER_ENDS, 'Finding scenes')
  const frames = await options.frames.of(row, signal)
  const { pictured, candidates, endTime } = await detectScenes(
    {
      path: options.videos.sourceOf(row),
      tools: await options.tools(),
      durationSeconds: row.duration_seconds ?? 0,
      frames: frames.pack(),
      pixels: pixelsOf(metadataOf(row)) ?? undefined,
      pictures: await pictures.whileSearching(row, frames, folder, signal),
    },
    {
      workersFolder: options.workersFolder,
      signal,
      onProgress: (fraction) => report(between(POSTER_ENDS, SCENES_END, fraction), 'Finding scenes'),
    },
  )
  const decoded = { frames: pictured, fileOf: (frame: number) => pictureOf(folder, frame) }
  return { detected: { candidates, endTime }, decoded }
}

/** Settings for one video become its own; null returns to the library's. */
function settingsFor({ sceneSettings }: AnalysisOptions, settings: SceneSettings | null) {
  return settings ? { settings, own: true } : { settings: sceneSettings.library, own: false }
}

function between(from: number, to: number, fraction: number): number {
  return from + (to - from) * fraction
}
