import type { Sighting } from '../tracking.ts'
import { assign } from './assignment.ts'
import { type Appearance, similarity } from './appearance.ts'
import { kindOf } from '../../models/index.ts'
import { overlap } from './box.ts'
import { expectedBox, type Measured, measure, type Outlook, outlook, predict, surprise } from './motion.ts'
import type { TrackerSettings } from './settings.ts'
import type { Track } from './track.ts'

/** A track with where it should be by now. */
export interface Expected {
  readonly track: Track
  readonly outlook: Outlook
}

/** A sighting as it is held against tracks. */
export interface Glimpse {
  /** Among the sightings of its frame. */
  readonly position: number
  readonly sighting: Sighting
  readonly kind: string
  readonly box: Measured
}

export interface Pair {
  readonly expected: Expected
  readonly glimpse: Glimpse
}

type Cost = (expected: Expected, glimpse: Glimpse) => number

export function expect(tracks: readonly Track[], seconds: number, { habits }: TrackerSettings): Expected[] {
  return tracks.map((track) => ({
    track,
    outlook: outlook(predict(track.motion, seconds - track.seenAt, habits), habits),
  }))
}

export function glimpse(sighting: Sighting, position: number): Glimpse {
  return { position, sighting, kind: kindOf(sighting.className), box: measure(sighting.box) }
}

/**
 * @returns what it costs to take a sighting for a track by its motion alone: the negative logarithm of how likely that
 * is, against a detector's own error; Infinity for what cannot be.
 */
export function motionCost({ track, outlook }: Expected, { kind, box }: Glimpse, settings: TrackerSettings): number {
  if (track.kind !== kind) return Infinity
  return surprise(outlook, box, settings.gate, settings.habits) / 2 + Math.min(outlook.spread, settings.lost)
}

/**
 * @returns what it costs to take a sighting for a track that it lies upon, though it was taken for something else;
 * Infinity for what lies elsewhere.
 */
export function mistakeCost(
  { track, outlook }: Expected,
  { kind, sighting }: Glimpse,
  settings: TrackerSettings,
): number {
  if (track.kind === kind) return Infinity
  const shared = overlap(expectedBox(outlook), sighting.box)
  return shared > settings.mistaken ? 1 - shared : Infinity
}

/** @returns what looks add to that, or take off it; nothing where they are not known. */
export function looksCost({ track }: Expected, seen: Appearance | undefined, { looks }: TrackerSettings): number {
  if (seen === undefined || track.appearance === null) return 0
  return Math.min(looks.weight * (looks.even - similarity(track.appearance, seen)), looks.most)
}

/** Pairs that nothing else comes near: the cheapest of its track and of its glimpse by far. */
export function clearPairs(
  expected: readonly Expected[],
  glimpses: readonly Glimpse[],
  cost: Cost,
  { limit, margin }: TrackerSettings,
): Pair[] {
  const costs = costsOf(expected, glimpses, cost)
  const columns = glimpses.map((_, column) => twoLeast(costs.length, (row) => costs[row]?.[column]))
  return costs.flatMap((line, row) => {
    const { at: column, least, second } = twoLeast(line.length, (other) => line[other])
    const beside = columns[column]
    if (beside?.at !== row || least > limit - margin) return []
    const isClear = second - least >= margin && beside.second - least >= margin
    return isClear ? pairOf(expected[row], glimpses[column]) : []
  })
}

/** The best pairs of all, those that cost as much as the limit left out. */
export function bestPairs(
  expected: readonly Expected[],
  glimpses: readonly Glimpse[],
  cost: Cost,
  limit: number,
): Pair[] {
  const costs = costsOf(expected, glimpses, cost)
  // what costs more than the limit is not paired: beyond it all is alike
  const columns = assign(costs.map((line) => line.map((value) => Math.min(value, limit))))
  return costs.flatMap((line, row) => {
    const column = columns[row] ?? -1
    return (line[column] ?? Infinity) < limit ? pairOf(expected[row], glimpses[column]) : []
  })
}

function costsOf(expected: readonly Expected[], glimpses: readonly Glimpse[], cost: Cost): Float64Array[] {
  return expected.map((one) => {
    const line = new Float64Array(glimpses.length)
    for (const [column, other] of glimpses.entries()) line[column] = cost(one, other)
    return line
  })
}

function pairOf(expected: Expected | undefined, glimpse: Glimpse | undefined): Pair[] {
  return expected && glimpse ? [{ expected, glimpse }] : []
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
