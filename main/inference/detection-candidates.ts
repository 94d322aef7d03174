import { type Box, type Detection, DETECTOR_CLASSES, kindOf, overlap } from '../engine/models/index.ts'

/** The detector's outputs for one level of its grid, row after row. */
export interface Level {
  /** Pixels from one place to the next. */
  readonly stride: number
  /** Places in a row. */
  readonly across: number
  /** For each place, the score of each class, 0..1. */
  readonly scores: Float32Array
  /** For each place its box's four sides, each a distribution over distances, as logits. */
  readonly boxes: Float32Array
}

/** A possible detection. */
export interface Candidate {
  readonly box: Box
  readonly confidence: number
  /** Score of each class. */
  readonly scores: Float32Array
}

const CLASSES = DETECTOR_CLASSES.length
/** The distance to a side is a distribution over so many steps. */
const STEPS = 11
const KIND_NAMES = [...new Set(DETECTOR_CLASSES.map(kindOf))]
const KIND_OF = Int32Array.from(DETECTOR_CLASSES, (name) => KIND_NAMES.indexOf(kindOf(name)))
const SIZES = KIND_NAMES.map((kind) => DETECTOR_CLASSES.filter((name) => kindOf(name) === kind).length)
/** The confidence of a kind is at most so many times that of its surest class. */
const MOST_GAIN = Math.sqrt(Math.max(...SIZES))
/** Two boxes of one kind that overlap by more show the same thing. */
const SAME_OVERLAP = 0.5
/** So do any two that hardly differ, of any kinds. */
const ONE_THING_OVERLAP = 0.7
const MOST_DETECTIONS = 200

/** The candidates of one level from a minimum confidence on. */
export function candidatesOf(level: Level, minimumConfidence: number): Candidate[] {
  const { stride, across, boxes } = level
  const found: Candidate[] = []
  for (let place = 0; place < level.scores.length / CLASSES; place += 1) {
    const scores = level.scores.subarray(place * CLASSES, (place + 1) * CLASSES)
    const confidence = confidenceOf(scores, minimumConfidence)
    if (confidence < minimumConfidence) continue
    const x = ((place % across) + 0.5) * stride
    const y = (Math.floor(place / across) + 0.5) * stride
    const [left = 0, top = 0, right = 0, bottom = 0] = [0, 1, 2, 3].map(
      (side) => expectedStep(boxes, (place * 4 + side) * STEPS) * stride,
    )
    const box = { left: x - left, top: y - top, width: left + right, height: top + bottom }
    found.push({ box, confidence, scores })
  }
  return found
}

/**
 * Confidence of the likeliest kind: the Euclidean length of the kind's scores, in which the small scores that every class
 * has on any background count for little; but not less than the largest score of all.
 */
function confidenceOf(scores: Float32Array, minimumConfidence: number): number {
  let surest = 0
  for (let index = 0; index < CLASSES; index += 1) surest = Math.max(surest, scores[index] ?? 0)
  if (surest * MOST_GAIN < minimumConfidence) return surest
  const kind = likeliestKind([scores])
  let squares = 0
  for (const [index, score] of scores.entries()) if (KIND_OF[index] === kind) squares += score * score
  return Math.min(1, Math.max(surest, Math.sqrt(squares)))
}

/**
 * The kind with the largest sum of its classes: a car seen from above scores low as car, bus and truck, and lower than as
 * cell phone, but the three together score higher.
 */
function likeliestKind(views: readonly Float32Array[]): number {
  const sums = new Float64Array(KIND_NAMES.length)
  for (const scores of views) {
    for (let index = 0; index < CLASSES; index += 1) {
      const kind = KIND_OF[index] ?? 0
      sums[kind] = (sums[kind] ?? 0) + (scores[index] ?? 0)
    }
  }
  return indexOfLargest(sums)
}

/** The class of a thing from all of its candidates: the likeliest of the likeliest kind. */
function classOf(views: readonly Float32Array[]): string {
  const kind = likeliestKind(views)
  const sums = Float64Array.from(KIND_OF, (other, index) =>
    other === kind ? views.reduce((sum, scores) => sum + (scores[index] ?? 0), 0) : -1,
  )
  return DETECTOR_CLASSES[indexOfLargest(sums)] ?? ''
}

/** One detection for each thing, the surest first; all candidates of a thing decide its class. */
export function withoutDoubles(candidates: readonly Candidate[]): Detection[] {
  const kept: Detection[] = []
  for (const candidate of candidates.toSorted((a, b) => b.confidence - a.confidence)) {
    const { box, confidence } = candidate
    if (kept.some((other) => overlap(other.box, box) > ONE_THING_OVERLAP)) continue
    const views = candidates.filter((other) => overlap(other.box, box) > ONE_THING_OVERLAP)
    const className = classOf(views.map(({ scores }) => scores))
    const isDouble = kept.some(
      (other) => kindOf(other.className) === kindOf(className) && overlap(other.box, box) > SAME_OVERLAP,
    )
    if (!isDouble) kept.push({ box, className, confidence })
    if (kept.length === MOST_DETECTIONS) break
  }
  return kept
}

/** The mean of a distribution that is given as logits. */
function expectedStep(logits: Float32Array, from: number): number {
  let largest = -Infinity
  for (let step = 0; step < STEPS; step += 1) largest = Math.max(largest, logits[from + step] ?? 0)
  let [sum, weighted] = [0, 0]
  for (let step = 0; step < STEPS; step += 1) {
    const power = Math.exp((logits[from + step] ?? 0) - largest)
    sum += power
    weighted += power * step
  }
  return weighted / sum
}

function indexOfLargest(numbers: Float64Array): number {
  let best = 0
  for (const [index, number] of numbers.entries()) if (number > (numbers[best] ?? 0)) best = index
  return best
}
