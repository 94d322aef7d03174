import type { Annotation } from '../../../main/contract/index.ts'
import type { Range } from '../../shared/player/scene-times.ts'

/** Pixels that a marker takes, and the room to the next one below which both are one. */
const MARKER = 12
const TOGETHER = 16
/** A title narrower than this says nothing; a wider one only covers the lane. */
const NARROWEST_TITLE = 44
const WIDEST_TITLE = 180
/** Between a title and what comes next, pixels. */
const GAP = 4

/** A marker in the lane of notes: one note, or several too close to each other at this zoom. */
export interface Marker {
  readonly notes: readonly [Annotation, ...Annotation[]]
  /** Of its middle, pixels. */
  readonly x: number
  /** Pixels that its title may take; 0 where there is no room for one. */
  readonly titleWidth: number
}

/**
 * The markers of the lane within `range`; never more than the pixels can hold.
 * @param notes in the order of time
 */
export function markersOf(
  notes: readonly Annotation[],
  pixelsPerSecond: number,
  { range, duration }: { range: Range; duration: number },
): Marker[] {
  const groups: { notes: [Annotation, ...Annotation[]]; x: number }[] = []
  for (const note of notes) {
    if (note.timestamp < range.start || note.timestamp > Math.min(range.end, duration)) continue
    const x = note.timestamp * pixelsPerSecond
    const last = groups.at(-1)
    if (last && x - last.x < TOGETHER) last.notes.push(note)
    else groups.push({ notes: [note], x })
  }
  return groups.map(({ notes: some, x }, index) => {
    // A marker without a title stands around its instant, not behind it.
    const end = (groups[index + 1]?.x ?? duration * pixelsPerSecond + MARKER) - MARKER / 2
    const room = Math.min(WIDEST_TITLE, end - x - GAP)
    return { notes: some, x, titleWidth: some.length === 1 && room >= NARROWEST_TITLE ? room : 0 }
  })
}
