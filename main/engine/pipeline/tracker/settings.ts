import { MOTION_SETTINGS, type MotionSettings } from './motion.ts'

/** The numbers were chosen on real footage, see test/fixtures/tracking/README.md. */
export interface TrackerSettings {
  /** A detection of this confidence begins a track; weaker ones only continue one. */
  readonly strong: number
  /** Weaker detections are ignored. */
  readonly weakest: number
  /** Weaker detections continue tracks but are given no id: the caller does not report them. */
  readonly least: number
  /** A track ends after so many seconds without a detection… */
  readonly gapSeconds: number
  /** …but not before it was missed in this many frames, unless frames are further apart than `sparseSeconds`. */
  readonly gapFrames: number
  readonly sparseSeconds: number
  /** Weak detections continue only tracks with a strong detection so recently, or in the frame before. */
  readonly weakSeconds: number
  /** Pairs that cost more are not made: the cost of motion, less what the embeddings speak for it. */
  readonly limit: number
  readonly weakLimit: number
  /** At most so much of the cost is for an uncertain prediction: nothing can be farther away than the picture is wide. */
  readonly uncertainty: number
  /** A detection further from the prediction than this cannot be of the track (squared Mahalanobis distance). */
  readonly gate: number
  /** A pair is clear, and needs no embedding, where every other pair costs so much more. */
  readonly margin: number
  /** Cost of the embeddings: `weight` × (`even` − similarity), but at most `most`: poses change. */
  readonly embeddings: { readonly weight: number; readonly even: number; readonly most: number }
  /** The embedding of a clear pair is computed again after so many seconds. */
  readonly refreshSeconds: number
  /** Where two boxes share more than this, the embedding of one shows the other, too. */
  readonly covered: number
  /** A detection that shares more than this with a predicted box is of that track, of any class. */
  readonly misclassified: number
  /** A strong detection that shares more than this with one that has a track is a second detection of the same thing. */
  readonly twin: number
  readonly motion: MotionSettings
}

export const SETTINGS: TrackerSettings = {
  strong: 0.45,
  weakest: 0.25,
  least: 0,
  gapSeconds: 5,
  gapFrames: 2,
  sparseSeconds: 30,
  weakSeconds: 1,
  limit: 6.5,
  weakLimit: 4,
  uncertainty: 6,
  gate: 18,
  margin: 4,
  embeddings: { weight: 11, even: 0.5, most: 3 },
  refreshSeconds: 1,
  covered: 0.1,
  misclassified: 0.6,
  twin: 0.6,
  motion: MOTION_SETTINGS,
}
