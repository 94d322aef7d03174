import type { Sighting } from '../tracking.ts'
import { assign } from './assignment.ts'
import { type Appearance, similarity } from './appearance.ts'
import { kindOf } from './kinds.ts'
import { type Motion, predict, surprise } from './motion.ts'
import type { TrackerSettings } from './settings.ts'
import type { Track } from './track.ts'

/** A track and a sighting, by their positions. */
export interface Pair {
  readonly track: number
  readonly sighting: number
}

/** A track with where it should be by now. */
export interface Expected {
  readonly track: Track
  readonly motion: Motion
}

export function expect(tracks: readonly Track[], seconds: number, { habits }: TrackerSettings): Expected[] {
  return tracks.map((track) => ({ track, motion: predict(track.motion, seconds - track.seenAt, habits) }))
}

/**
 * @returns what it costs to take a sighting for a track by its motion alone: the negative logarithm of how likely that
 * is, against a detector's own error; Infinity for what cannot be.
 */
export function motionCost(
  { track, motion }: Expected,
  { box, className }: Sighting,
  settings: TrackerSettings,
): number {
  if (track.kind !== kindOf(className)) return Infinity
  const { squared, spread } = surprise(motion, box, settings.habits)
  return squared <= settings.gate ? squared / 2 + Math.min(spread, settings.lost) : Infinity
}

/** @returns what looks add to that, or take off it; nothing where they are not known. */
export function looksCost({ track }: Expected, seen: Appearance | undefined, { looks }: TrackerSettings): number {
  if (seen === undefined || track.appearance === null) return 0
  return Math.min(looks.weight * (looks.even - similarity(track.appearance, seen)), looks.most)
}

/** Pairs that nothing else comes near: the cheapest of its row and of its column by far. */
export function clearPairs(costs: readonly Float64Array[], limit: number, margin: number): Pair[] {
  const pairs: Pair[] = []
  for (const [track, line] of costs.entries()) {
    const sighting = cheapest(line)
    const cost = line[sighting] ?? Infinity
    if (cost > limit - margin) continue
    const rivalled =
      line.some((other, column) => column !== sighting && other - cost < margin) ||
      costs.some((other, row) => row !== track && (other[sighting] ?? Infinity) - cost < margin)
    if (!rivalled) pairs.push({ track, sighting })
  }
  return pairs
}

/** The best pairs of all, those above the limit left out. */
export function bestPairs(costs: readonly Float64Array[], limit: number): Pair[] {
  const pairs: Pair[] = []
  // what costs more than the limit is not paired: beyond it all is alike
  const capped = costs.map((line) => line.map((cost) => Math.min(cost, limit)))
  for (const [track, sighting] of assign(capped).entries()) {
    if (sighting >= 0 && (costs[track]?.[sighting] ?? Infinity) < limit) pairs.push({ track, sighting })
  }
  return pairs
}

function cheapest(line: Float64Array): number {
  let best = 0
  for (const [column, cost] of line.entries()) if (cost < (line[best] ?? Infinity)) best = column
  return best
}
