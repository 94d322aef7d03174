import fs from 'node:fs/promises'
import { explainWriteFailure, isMissing } from '../../platform/files/index.ts'
import type { Checksums } from '../objects/index.ts'
import type { DerivedFolder } from '../library/index.ts'
import type { ScenePictureRange } from './video-pictures.ts'

/**
 * Takes over the pictures of scenes that stay as they were: they have new ids, and would get the same picture.
 * @returns the scenes that have none yet.
 * @throws EngineError `storage_full`, `storage_refused`.
 */
export async function reusePictures<S extends ScenePictureRange>(
  derived: DerivedFolder,
  checksums: Checksums,
  before: readonly ScenePictureRange[],
  after: readonly S[],
): Promise<S[]> {
  const stretch = ({ startTime, endTime }: ScenePictureRange): string => `${startTime}-${endTime}`
  const old = new Map(before.map((scene) => [stretch(scene), scene.sceneId]))
  const unpictured: S[] = []
  for (const scene of after) {
    const from = old.get(stretch(scene))
    // Nobody asks for the new name before its scene is written down: a copy that a crash cut off is only left over.
    const kept = from !== undefined && (await copied(derived, checksums, from, scene.sceneId))
    if (!kept) unpictured.push(scene)
  }
  return unpictured
}

/** Whether there was a good file to copy. */
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
