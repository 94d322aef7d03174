import { type Detection, kindOf } from '../../models/index.ts'
import { assign } from './assignment.ts'
import { overlap } from '../../models/index.ts'
import { type CompactEmbedding, similarity } from './embedding.ts'
import {
  type MeasuredBox,
  measure,
  predict,
  predictedBox,
  type Prediction,
  predictionOf,
  squaredDistance,
} from './motion.ts'
import type { TrackerSettings } from './settings.ts'
import type { Track } from './track.ts'

/** A track with where it should be now. */
export interface PredictedTrack {
  readonly track: Track
  readonly prediction: Prediction
}

/** A detection, measured once to be compared with many tracks. */
export interface Observation {
  /** Among the detections of its frame. */
  readonly position: number
  readonly detection: Detection
  readonly kind: string
  readonly box: MeasuredBox
}

export interface Pair {
  readonly predicted: PredictedTrack
  readonly observation: Observation
}

type Cost = (predicted: PredictedTrack, observation: Observation) => number

export function predictTracks(tracks: readonly Track[], seconds: number, { motion }: TrackerSettings) {
  return tracks.map((track): PredictedTrack => ({
    track,
    prediction: predictionOf(predict(track.motion, seconds - track.seenAt, motion), motion),
  }))
}

export function observe(detection: Detection, position: number): Observation {
  return { position, detection, kind: kindOf(detection.className), box: measure(detection.box) }
}

/**
 * @returns the cost of pairing by motion alone: the negative logarithm of the likelihood, against the detector's own
 * error; Infinity where a pair is impossible.
 */
export function motionCost(
  { track, prediction }: PredictedTrack,
  { kind, box }: Observation,
  { gate, motion, uncertainty }: TrackerSettings,
): number {
  if (track.kind !== kind) return Infinity
  return squaredDistance(prediction, box, gate, motion) / 2 + Math.min(prediction.spread, uncertainty)
}

/** @returns the cost of pairing with a track of another kind, where the boxes agree; else Infinity. */
export function misclassificationCost(
  { track, prediction }: PredictedTrack,
  { kind, detection }: Observation,
  { misclassified }: TrackerSettings,
): number {
  if (track.kind === kind) return Infinity
  const shared = overlap(predictedBox(prediction), detection.box)
  return shared > misclassified ? 1 - shared : Infinity
}

/** @returns what the embeddings add to the cost, or take off it; 0 where one is unknown. */
export function embeddingCost(
  { track }: PredictedTrack,
  seen: CompactEmbedding | undefined,
  { embeddings }: TrackerSettings,
): number {
  if (seen === undefined || track.embedding === null) return 0
  return Math.min(embeddings.weight * (embeddings.even - similarity(track.embedding, seen)), embeddings.most)
}

/** Pairs without an alternative: by far the cheapest for both track and observation. */
export function clearPairs(
  predicted: readonly PredictedTrack[],
  observations: readonly Observation[],
  cost: Cost,
  { limit, margin }: TrackerSettings,
): Pair[] {
  const costs = costsOf(predicted, observations, cost)
  const columns = observations.map((_, column) => twoLeast(costs.length, (row) => costs[row]?.[column]))
  return costs.flatMap((line, row) => {
    const { at: column, least, second } = twoLeast(line.length, (other) => line[other])
    const beside = columns[column]
    if (beside?.at !== row || least > limit - margin) return []
    const isClear = second - least >= margin && beside.second - least >= margin
    return isClear ? pairOf(predicted[row], observations[column]) : []
  })
}

/** The pairs with the least sum of costs; pairs that cost as much as the limit are left out. */
export function bestPairs(
  predicted: readonly PredictedTrack[],
  observations: readonly Observation[],
  cost: Cost,
  limit: number,
): Pair[] {
  const costs = costsOf(predicted, observations, cost)
  // Pairs above the limit are not made: all of them count the same.
  const columns = assign(costs.map((line) => line.map((value) => Math.min(value, limit))))
  return costs.flatMap((line, row) => {
    const column = columns[row] ?? -1
    return (line[column] ?? Infinity) < limit ? pairOf(predicted[row], observations[column]) : []
  })
}

function costsOf(predicted: readonly PredictedTrack[], observations: readonly Observation[], cost: Cost) {
  return predicted.map((one) => Float64Array.from(observations, (other) => cost(one, other)))
}

function pairOf(predicted: PredictedTrack | undefined, observation: Observation | undefined): Pair[] {
  return predicted && observation ? [{ predicted, observation }] : []
}

function twoLeast(count: number, costAt: (index: number) => number | undefined) {
  let at = -1
  let least = Infinity
  let second = Infinity
  for (let index = 0; index < count; index++) {
    const cost = costAt(index) ?? Infinity
    if (cost < least) [at, least, second] = [index, cost, least]
    else if (cost < second) second = cost
  }
  return { at, least, second }
}
