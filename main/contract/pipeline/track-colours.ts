/** k1 to k8 of the design as they lie over footage, in both themes. */
export const TRACK_HUES = [
  '#5ec8f2',
  '#f2a65e',
  '#b79bff',
  '#7fd06b',
  '#ff8fb1',
  '#e6d04f',
  '#4fd6bd',
  '#c9a58a',
] as const

/**
 * "A track takes the lowest colour not held by a track in frame, and keeps it for life."
 * @param held colours of the tracks in frame, 1 to 8
 * @param trackId decides where all are held
 */
export function colourFor(held: ReadonlySet<number>, trackId: number): number {
  for (let colour = 1; colour <= TRACK_HUES.length; colour += 1) if (!held.has(colour)) return colour
  return ((trackId - 1) % TRACK_HUES.length) + 1
}
