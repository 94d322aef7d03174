import type { Sighting, Tracker } from '../tracking.ts'
import { type Appearance, blend, fold } from './appearance.ts'
import { isBox, overlap } from './box.ts'
import { kindOf } from './kinds.ts'
import { bestPairs, clearPairs, expect, type Expected, looksCost, motionCost, type Pair } from './pairing.ts'
import type { TrackerSettings } from './settings.ts'
import type { TrackerState } from './snapshot.ts'
import { continueTrack, startTrack, type Track } from './track.ts'

type Look = Parameters<Tracker['follow']>[2]

/** A frame that is being followed: what is in it, and where the tracks should be. */
interface Frame {
  readonly seconds: number
  readonly sightings: readonly Sighting[]
  readonly expected: readonly Expected[]
  /** Positions of sightings to be taken for something by themselves, and of those that only continue tracks. */
  readonly sure: readonly number[]
  readonly weak: readonly number[]
}

/**
 * ByteTrack's way: sure sightings are paired with the tracks first, weak ones continue what is left of the tracks.
 * A pair costs what its motion surprises, and, where motion leaves it open, what its looks speak against it.
 */
export class ByteTracker implements Tracker {
  readonly #settings: TrackerSettings
  #tracks: readonly Track[]
  #lastId: number
  #seconds: number | null

  constructor(settings: TrackerSettings, state: TrackerState) {
    this.#settings = settings
    this.#tracks = state.tracks
    this.#lastId = state.lastId
    this.#seconds = state.seconds
  }

  /** Nothing changes before `look` has answered: a frame whose look failed may be followed once more. */
  async follow(seconds: number, sightings: readonly Sighting[], look: Look): Promise<(number | null)[]> {
    const frame = this.#frame(seconds, sightings)
    const motionCosts = this.#costs(frame, frame.sure, (expected, sighting) => this.#motionCost(expected, sighting))
    const clear = clearPairs(motionCosts, this.#settings.limit, this.#settings.margin)
    const wanted = this.#wanted(frame, clear)
    const seen = await looksOf(wanted, look)
    const taken = this.#pair(frame, clear, motionCosts, seen)
    return this.#conclude(frame, taken, seen)
  }

  snapshot(): TrackerState {
    return {
      version: 1,
      lastId: this.#lastId,
      seconds: this.#seconds,
      tracks: [...this.#tracks],
    }
  }

  #frame(asked: number, sightings: readonly Sighting[]): Frame {
    const { faint, sure } = this.#settings
    const before = this.#seconds ?? 0
    const seconds = Number.isFinite(asked) ? Math.max(asked, before) : before
    const alive = this.#tracks.filter(({ seenAt }) => seconds - seenAt <= this.#patience(seconds - before))
    const usable = [...sightings.keys()].filter((position) => {
      const sighting = sightings[position]
      return sighting !== undefined && sighting.confidence >= faint && isBox(sighting.box)
    })
    const isSure = (position: number) => (sightings[position]?.confidence ?? 0) >= sure
    return {
      seconds,
      sightings,
      expected: expect(alive, seconds, this.#settings),
      sure: usable.filter(isSure),
      weak: usable.filter((position) => !isSure(position)),
    }
  }

  /** @returns how many seconds a track may be out of sight, where frames are so many seconds apart. */
  #patience(step: number): number {
    const { gapSeconds, gapFrames, sparseSeconds } = this.#settings
    return step <= sparseSeconds ? Math.max(gapSeconds, gapFrames * step) : gapSeconds
  }

  #costs(
    { expected, sightings }: Frame,
    positions: readonly number[],
    cost: (expected: Expected, sighting: Sighting, position: number) => number,
  ): Float64Array[] {
    return expected.map((one) =>
      Float64Array.from(positions, (position) => {
        const sighting = sightings[position]
        return sighting === undefined ? Infinity : cost(one, sighting, position)
      }),
    )
  }

  #motionCost(expected: Expected, sighting: Sighting): number {
    return motionCost(expected, sighting, this.#settings)
  }

  /** @returns the positions of sightings to be looked at: those left open, and those whose track's look grows old. */
  #wanted(frame: Frame, clear: readonly Pair[]): number[] {
    const open = new Set(frame.sure)
    for (const { track, sighting } of clear) {
      const position = frame.sure[sighting] ?? -1
      const known = frame.expected[track]?.track
      const isFresh = known?.appearance != null && frame.seconds - known.lookedAt < this.#settings.refreshSeconds
      if (isFresh || this.#isCovered(frame, position)) open.delete(position)
    }
    return [...open]
  }

  #isCovered({ sightings, sure }: Frame, position: number): boolean {
    const box = sightings[position]?.box
    if (box === undefined) return true
    return sure.some((other) => {
      const beside = sightings[other]
      return other !== position && beside !== undefined && overlap(box, beside.box) > this.#settings.covered
    })
  }

  /** @returns for sightings, by position, the position of the track they continue. */
  #pair(
    frame: Frame,
    clear: readonly Pair[],
    motionCosts: readonly Float64Array[],
    seen: ReadonlyMap<number, Appearance>,
  ): Map<number, number> {
    const { limit, weakLimit, weakSeconds } = this.#settings
    const taken = new Map<number, number>()
    const free = new Set(frame.expected.keys())
    const take = (pairs: readonly Pair[], positions: readonly number[]) => {
      for (const { track, sighting } of pairs) {
        taken.set(positions[sighting] ?? -1, track)
        free.delete(track)
      }
    }
    take(clear, frame.sure)
    const open = frame.sure.flatMap((position, column) => (taken.has(position) ? [] : [{ position, column }]))
    const rest = [...free]
    const costs = rest.map((row) => {
      const one = frame.expected[row]
      return Float64Array.from(open, ({ position, column }) =>
        one === undefined
          ? Infinity
          : (motionCosts[row]?.[column] ?? Infinity) + looksCost(one, seen.get(position), this.#settings),
      )
    })
    const sure = bestPairs(costs, limit).map(({ track, sighting }) => ({ track: rest[track] ?? -1, sighting }))
    take(sure, open.map(({ position }) => position)) // prettier-ignore

    const recent = [...free].filter((row) => {
      const track = frame.expected[row]?.track
      return track !== undefined && (frame.seconds - track.sureAt <= weakSeconds || track.sureAt === this.#seconds)
    })
    const weakCosts = recent.map((row) => {
      const one = frame.expected[row]
      return Float64Array.from(frame.weak, (position) => {
        const sighting = frame.sightings[position]
        return one === undefined || sighting === undefined ? Infinity : this.#motionCost(one, sighting)
      })
    })
    const weak = bestPairs(weakCosts, weakLimit).map(({ track, sighting }) => ({
      track: recent[track] ?? -1,
      sighting,
    }))
    take(weak, frame.weak)
    return taken
  }

  /** Tracks are continued, begun and given up; whoever is to be told of gets a number. */
  #conclude(
    frame: Frame,
    taken: ReadonlyMap<number, number>,
    seen: ReadonlyMap<number, Appearance>,
  ): (number | null)[] {
    const { least, habits } = this.#settings
    const tracks: Track[] = frame.expected.map(({ track }) => track)
    const ids = frame.sightings.map((): number | null => null)
    const sure = new Set(frame.sure)
    for (const [position, sighting] of frame.sightings.entries()) {
      let row = taken.get(position)
      const isSure = sure.has(position)
      if (row === undefined) {
        if (!isSure || this.#isTwin(frame, position, taken)) continue
        row = tracks.push(startTrack(frame.seconds, sighting, habits)) - 1
      } else {
        const track = tracks[row]
        if (track) tracks[row] = continueTrack(track, frame.seconds, sighting, { isSure, habits })
      }
      const track = tracks[row]
      if (track === undefined) continue
      const id = track.id ?? (sighting.confidence >= least ? ++this.#lastId : null)
      tracks[row] = { ...this.#remember(track, frame, position, seen.get(position)), id }
      ids[position] = sighting.confidence >= least ? id : null
    }
    this.#tracks = tracks
    this.#seconds = frame.seconds
    return ids
  }

  #remember(track: Track, frame: Frame, position: number, seen: Appearance | undefined): Track {
    if (seen === undefined) return track
    if (track.appearance !== null && this.#isCovered(frame, position)) return track
    return { ...track, appearance: blend(track.appearance, seen), lookedAt: frame.seconds }
  }

  #isTwin(frame: Frame, position: number, taken: ReadonlyMap<number, number>): boolean {
    const sighting = frame.sightings[position]
    if (sighting === undefined) return true
    return frame.sure.some((other) => {
      const beside = frame.sightings[other]
      return (
        beside !== undefined &&
        other !== position &&
        (taken.has(other) || other < position) &&
        kindOf(beside.className) === kindOf(sighting.className) &&
        overlap(beside.box, sighting.box) > this.#settings.twin
      )
    })
  }
}

async function looksOf(positions: readonly number[], look: Look): Promise<Map<number, Appearance>> {
  const seen = new Map<number, Appearance>()
  if (positions.length === 0) return seen
  const vectors = await look(positions)
  for (const [index, position] of positions.entries()) {
    const vector = vectors[index]
    const appearance = vector === undefined ? null : fold(vector)
    if (appearance !== null) seen.set(position, appearance)
  }
  return seen
}
