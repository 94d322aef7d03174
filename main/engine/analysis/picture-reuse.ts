import fs from 'node:fs/promises'
import { explainWriteFailure, isMissing } from '../../platform/files/index.ts'
import type { Checksums } from '../objects/index.ts'
import type { DerivedFolder } from '../library/index.ts'
import type { ScenePictureRange } from './video-pictures.ts'

/**
 * Copies the pictures of scenes whose range is unchanged: they have new ids, but would get the same picture.
 * @returns the scenes that still need one.
 * @throws EngineError `storage_full`, `storage_refused`.
 */
export async function reusePictures<S extends ScenePictureRange>(
  derived: DerivedFolder,
  checksums: Checksums,
  before: readonly ScenePictureRange[],
  after: readonly S[],
): Promise<S[]> {
  const rangeOf = ({ startTime, endTime }: ScenePictureRange): string => `${startTime}-${endTime}`
  const old = new Map(before.map((scene) => [rangeOf(scene), scene.sceneId]))
  const unpictured: S[] = []
  for (const scene of after) {
    const from = old.get(rangeOf(scene))
    // A crash may leave a torn copy: no scene refers to it yet, and it is removed later.
    const isReused = from !== undefined && (await copied(derived, checksums, from, scene.sceneId))
    if (!isReused) unpictured.push(scene)
  }
  return unpictured
}

/** @returns false when there is no undamaged file to copy. */
async function copied(derived: DerivedFolder, checksums: Checksums, before: string, after: string): Promise<boolean> {
  const [from, to] = [derived.scene(before), derived.scene(after)]
  try {
    if ((await checksums.matchesFile(derived.videoId, `scenes/${before}.jpg`)) === false) return false
    await fs.copyFile(from, to)
    await checksums.record(derived.videoId, [`scenes/${after}.jpg`])
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw explainWriteFailure(error, to)
  }
}
