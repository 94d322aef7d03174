import { HABITS, type Habits } from './motion.ts'

/** What a tracker goes by. The numbers were chosen on film, see test/fixtures/tracking/README.md. */
export interface TrackerSettings {
  /** A sighting so sure is something at once; weaker ones only where a track expects them. */
  readonly sure: number
  /** What is weaker is not looked at at all. */
  readonly faint: number
  /** Weaker sightings keep tracks alive but are given no number: what the caller will not tell of. */
  readonly least: number
  /** A track is given up after so many seconds without a sight of it… */
  readonly gapSeconds: number
  /** …but not before it was missed in this many frames, if they are no further apart than a sparse sampling's. */
  readonly gapFrames: number
  readonly sparseSeconds: number
  /** Weak sightings continue only tracks that were seen for sure so recently, or in the frame before. */
  readonly weakSeconds: number
  /** What a pair may cost: the surprise of its motion, less what its looks speak for it. */
  readonly limit: number
  readonly weakLimit: number
  /** Of which no more than this is for not knowing where it went: it cannot be farther than the picture is wide. */
  readonly lost: number
  /** Beyond this a sighting is not where the track can be (Mahalanobis, squared). */
  readonly gate: number
  /** A pair is clear, and nobody looks, where any other way costs so much more. */
  readonly margin: number
  /** What looks count for: `weight` × (`even` − similarity), but no more than `most` against: poses change. */
  readonly looks: { readonly weight: number; readonly even: number; readonly most: number }
  /** A clear pair is looked at again after so many seconds. */
  readonly refreshSeconds: number
  /** Two boxes that share more than this show each other's looks. */
  readonly covered: number
  /** A sighting that shares more than this with where a track should be is that thing, whatever it was taken for. */
  readonly mistaken: number
  /** A sure sighting on top of one that has its track is that thing once more. */
  readonly twin: number
  readonly habits: Habits
}

export const SETTINGS: TrackerSettings = {
  sure: 0.45,
  faint: 0.25,
  least: 0,
  gapSeconds: 5,
  gapFrames: 2,
  sparseSeconds: 30,
  weakSeconds: 1,
  limit: 6.5,
  weakLimit: 4,
  lost: 6,
  gate: 18,
  margin: 4,
  looks: { weight: 11, even: 0.5, most: 3 },
  refreshSeconds: 1,
  covered: 0.1,
  mistaken: 0.6,
  twin: 0.6,
  habits: HABITS,
}
