import type { Detected } from '../scenes/index.ts'
import type { SceneRange } from '../media/index.ts'

/** Adds the part of each scene without transitions: half of a transition belongs to each of the scenes around it. */
export function withStableRanges<T extends SceneRange>(scenes: readonly T[], detected: Detected | null) {
  const halves = new Map(detected?.candidates.map(({ time, lasting }) => [time, lasting / 2]))
  return scenes.map((scene) => ({
    ...scene,
    stableFrom: scene.startTime + (halves.get(scene.startTime) ?? 0),
    stableTo: scene.endTime - (halves.get(scene.endTime) ?? 0),
  }))
}
