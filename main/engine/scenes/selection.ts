import { leastConfidence, type SceneSettings } from '../../contract/scenes/scene-settings.ts'
import type { Candidate, Detected } from './candidates.ts'
import { MinimumSceneLength } from './minimum-length.ts'
import { type DetectedScene, scenesBetween } from './scenes.ts'

/** Only longer scenes are split by drift (AN-13). */
const LONG_SECONDS = 60
/** No part of a split scene is shorter: a change of light near a cut is no scene of its own. */
const SHORTEST_PART_SECONDS = 15
/** A boundary exactly at the edge counts. */
const ROUNDING = 1e-9

/** The scenes of a stored detection. Reads no video, and is deterministic. */
export function cutScenes(detected: Detected, settings: SceneSettings): DetectedScene[] {
  return scenesBetween(selectBoundaries(detected, settings), detected.endTime)
}

/** The candidates at which a scene begins, in order of time. */
export function selectBoundaries({ candidates, endTime }: Detected, settings: SceneSettings): Candidate[] {
  const threshold = leastConfidence(settings.sensitivity) - ROUNDING
  const edits = candidates.filter(({ kind, confidence }) => kind !== 'drift' && confidence >= threshold)
  const chosen = new MinimumSceneLength(settings.minimumSceneSeconds).choose(edits, 0, endTime)
  return settings.splitLongScenes ? withDrifts(chosen, candidates, endTime, settings.minimumSceneSeconds) : chosen
}

/** Splits long scenes by drift; the sensitivity applies to edits only. */
function withDrifts(
  edits: readonly Candidate[],
  candidates: readonly Candidate[],
  endTime: number,
  minimumSeconds: number,
): Candidate[] {
  const drifts = candidates.filter(({ kind }) => kind === 'drift')
  const parts = new MinimumSceneLength(Math.max(SHORTEST_PART_SECONDS, minimumSeconds))
  const starts = [0, ...edits.map(({ time }) => time)]
  return starts.flatMap((start, index) => {
    const end = starts[index + 1] ?? endTime
    const opening = edits[index - 1] ?? []
    if (end - start <= LONG_SECONDS) return opening
    const inside = drifts.filter(({ time }) => time > start && time < end)
    return [opening, parts.choose(inside, start, end)].flat()
  })
}
