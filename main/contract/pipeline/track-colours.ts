/** k1 to k8 of the design, as they are drawn over video in both themes. */
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
 * The colour of a new track (PI-70).
 * @param used colours of the tracks in the frame, 1 to 8
 * @param trackId decides when all are used
 */
export function colourFor(used: ReadonlySet<number>, trackId: number): number {
  for (let colour = 1; colour <= TRACK_HUES.length; colour += 1) if (!used.has(colour)) return colour
  return ((trackId - 1) % TRACK_HUES.length) + 1
}
