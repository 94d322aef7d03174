import { assign } from '../../main/engine/pipeline/tracker/assignment.ts'
import { overlap } from '../../main/engine/models/index.ts'
import type { Box } from '../../main/engine/models/index.ts'

/** Somebody's box in a frame: `id` is an identity in the truth, a track's number in what was found. */
export interface Labelled {
  readonly id: string | number
  readonly box: Box
}

export interface IdentityScore {
  /** 2 × right ÷ (boxes of the truth + boxes found); 1 when there are neither. */
  readonly idf1: number
  /** Right of those found, and of those in the truth. */
  readonly precision: number
  readonly recall: number
  readonly identities: number
  readonly tracks: number
  /** How often an identity is found under another number than before. */
  readonly switches: number
}

/** "IoU ≥ 0.5": a box so far on the true one shows the same thing. */
const SAME = 0.5

/**
 * IDF1 as it was defined (Ristani et al., “Performance Measures and a Data Set for Multi-Target, Multi-Camera
 * Tracking”, 2016): each identity is given to at most one track and each track to at most one identity, over the whole
 * video, so that as many boxes as possible are right.
 *
 * @param truth boxes by frame. @param found boxes of the same frames.
 */
export function scoreIdentities(
  truth: readonly (readonly Labelled[])[],
  found: readonly (readonly Labelled[])[],
): IdentityScore {
  const identities = new Map<string | number, number>()
  const tracks = new Map<string | number, number>()
  const together = new Map<number, Map<number, number>>()
  const last = new Map<number, number>()
  let switches = 0
  for (const [frame, boxes] of truth.entries()) {
    for (const track of found[frame] ?? []) number(tracks, track.id)
    for (const { id, box } of boxes) {
      const identity = number(identities, id)
      const here = together.get(identity) ?? new Map<number, number>()
      together.set(identity, here)
      const shown = (found[frame] ?? []).map((track) => ({ track, shared: overlap(track.box, box) }))
      const same = shown.filter(({ shared }) => shared >= SAME).toSorted((a, b) => b.shared - a.shared)
      for (const { track } of same) {
        const column = number(tracks, track.id)
        here.set(column, (here.get(column) ?? 0) + 1)
      }
      const best = same[0] && number(tracks, same[0].track.id)
      if (best === undefined) continue
      if (last.has(identity) && last.get(identity) !== best) switches++
      last.set(identity, best)
    }
  }
  const right = mostTogether(together, identities.size, tracks.size)
  const [true_, told] = [truth, found].map((frames) => frames.reduce((sum, boxes) => sum + boxes.length, 0))
  const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole)
  return {
    idf1: share(2 * right, (true_ ?? 0) + (told ?? 0)),
    precision: share(right, told ?? 0),
    recall: share(right, true_ ?? 0),
    identities: identities.size,
    tracks: tracks.size,
    switches,
  }
}

function mostTogether(together: ReadonlyMap<number, ReadonlyMap<number, number>>, rows: number, columns: number) {
  const count = (row: number, column: number) => together.get(row)?.get(column) ?? 0
  const costs = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => -count(row, column)),
  )
  let sum = 0
  for (const [row, column] of assign(costs).entries()) if (column >= 0) sum += count(row, column)
  return sum
}

/** Numbers names in the order in which they are met. */
function number(numbers: Map<string | number, number>, name: string | number): number {
  const known = numbers.get(name) ?? numbers.size
  numbers.set(name, known)
  return known
}
