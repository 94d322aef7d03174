import type { Detected } from '../scenes/index.ts'

interface TimeRange {
  readonly startTime: number
  readonly endTime: number
}

/** The part of each scene that no transition reaches into; half of one lies on either side of where a scene begins. */
export function withStableRanges<T extends TimeRange>(
  scenes: readonly T[],
  detected: Detected | null,
): (T & { readonly quietFrom: number; readonly quietTo: number })[] {
  const halves = new Map(detected?.candidates.map(({ time, lasting }) => [time, lasting / 2]))
  return scenes.map((scene) => ({
    ...scene,
    quietFrom: scene.startTime + (halves.get(scene.startTime) ?? 0),
    quietTo: scene.endTime - (halves.get(scene.endTime) ?? 0),
  }))
}
