import type { Sighting, Tracker } from '../tracking.ts'
import { type Appearance, blend, fold } from './appearance.ts'
import { isBox, overlap } from './box.ts'
import {
  bestPairs,
  clearPairs,
  type Expected,
  expect,
  type Glimpse,
  glimpse,
  looksCost,
  mistakeCost,
  motionCost,
  type Pair,
} from './pairing.ts'
import type { TrackerSettings } from './settings.ts'
import type { TrackerState } from './snapshot.ts'
import { continueTrack, startTrack, type Track } from './track.ts'

type Look = Parameters<Tracker['follow']>[2]

/** A frame that is being followed: what is in it, and where the tracks should be. */
interface Frame {
  readonly seconds: number
  readonly expected: readonly Expected[]
  /** What is something by itself, and what only continues tracks. */
  readonly sure: readonly Glimpse[]
  readonly weak: readonly Glimpse[]
}

/**
 * ByteTrack's way: sure sightings are paired with the tracks first, weak ones continue what is left of the tracks.
 * A pair costs what its motion surprises, and, where motion leaves it open, what its looks speak against it.
 */
export class ByteTracker implements Tracker {
  readonly #settings: TrackerSettings
  /** In the order in which they began. */
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
    const { limit, weakLimit } = this.#settings
    const frame = this.#frame(seconds, sightings)
    const byMotion = (expected: Expected, seen: Glimpse) => motionCost(expected, seen, this.#settings)
    const clear = clearPairs(frame.expected, frame.sure, byMotion, this.#settings)
    const looks = await looksOf(this.#wanted(frame, clear), look)
    const byLooks = (expected: Expected, seen: Glimpse) => {
      const cost = byMotion(expected, seen)
      return cost === Infinity ? cost : cost + looksCost(expected, looks.get(seen), this.#settings)
    }
    const open = bestPairs(without(frame.expected, clear), frame.sure.filter(notIn(clear)), byLooks, limit)
    const left = without(frame.expected, [...clear, ...open]).filter(({ track }) => this.#isRecent(track, frame))
    const weak = bestPairs(left, frame.weak, byMotion, weakLimit)
    const sure = [...clear, ...open]
    const rest = without(left, weak)
    const mistaken = bestPairs(
      rest,
      frame.sure.filter(notIn(sure)),
      (expected, seen) => mistakeCost(expected, seen, this.#settings),
      1,
    )
    return this.#conclude(frame, sightings, [...sure, ...weak, ...mistaken], looks)
  }

  snapshot(): TrackerState {
    return { version: 1, lastId: this.#lastId, seconds: this.#seconds, tracks: [...this.#tracks] }
  }

  #frame(asked: number, sightings: readonly Sighting[]): Frame {
    const { faint, sure } = this.#settings
    const before = this.#seconds ?? 0
    const seconds = Number.isFinite(asked) ? Math.max(asked, before) : before
    const patience = this.#patience(seconds - before)
    const usable = sightings.flatMap((sighting, position) =>
      sighting.confidence >= faint && isBox(sighting.box) ? [glimpse(sighting, position)] : [],
    )
    return {
      seconds,
      expected: expect(
        this.#tracks.filter(({ seenAt }) => seconds - seenAt <= patience),
        seconds,
        this.#settings,
      ),
      sure: usable.filter(({ sighting }) => sighting.confidence >= sure),
      weak: usable.filter(({ sighting }) => sighting.confidence < sure),
    }
  }

  /** @returns how many seconds a track may be out of sight, where frames are so many seconds apart. */
  #patience(step: number): number {
    const { gapSeconds, gapFrames, sparseSeconds } = this.#settings
    return step <= sparseSeconds ? Math.max(gapSeconds, gapFrames * step) : gapSeconds
  }

  #isRecent({ sureAt }: Track, { seconds }: Frame): boolean {
    return seconds - sureAt <= this.#settings.weakSeconds || sureAt === this.#seconds
  }

  /** @returns what is to be looked at: what is left open, and whose track's look grows old. */
  #wanted({ seconds, sure }: Frame, clear: readonly Pair[]): Glimpse[] {
    const known = new Set<Glimpse>()
    for (const { expected, glimpse } of clear) {
      const { appearance, lookedAt } = expected.track
      const isFresh = appearance !== null && seconds - lookedAt < this.#settings.refreshSeconds
      if (isFresh || this.#isCovered(glimpse, sure)) known.add(glimpse)
    }
    return sure.filter((one) => !known.has(one))
  }

  #isCovered(one: Glimpse, others: readonly Glimpse[]): boolean {
    const { covered } = this.#settings
    return others.some((other) => other !== one && overlap(other.sighting.box, one.sighting.box) > covered)
  }

  /** Tracks are continued, begun and given up; whoever is to be told of gets a number. */
  #conclude(
    { seconds, expected, sure, weak }: Frame,
    sightings: readonly Sighting[],
    pairs: readonly Pair[],
    looks: ReadonlyMap<Glimpse, Appearance>,
  ): (number | null)[] {
    const { least, habits } = this.#settings
    const ids = sightings.map((): number | null => null)
    const paired = new Map(pairs.map((pair) => [pair.glimpse, pair.expected.track]))
    const continued = new Map<Track, Track>()
    const begun: Track[] = []
    const told = (track: Track, one: Glimpse): Track => {
      const isTold = one.sighting.confidence >= least
      const id = track.id ?? (isTold ? ++this.#lastId : null)
      ids[one.position] = isTold ? id : null
      const seen = looks.get(one)
      const isNew = seen !== undefined && (track.appearance === null || !this.#isCovered(one, sure))
      return isNew ? { ...track, id, appearance: blend(track.appearance, seen), lookedAt: seconds } : { ...track, id }
    }
    for (const one of sure) {
      const track = paired.get(one)
      if (track) continued.set(track, told(continueTrack(track, seconds, one.sighting, { isSure: true, habits }), one))
      else if (!this.#isTwin(one, sure, paired)) begun.push(told(startTrack(seconds, one.sighting, habits), one))
    }
    for (const one of weak) {
      const track = paired.get(one)
      if (track) continued.set(track, told(continueTrack(track, seconds, one.sighting, { isSure: false, habits }), one))
    }
    this.#tracks = [...expected.map(({ track }) => continued.get(track) ?? track), ...begun]
    this.#seconds = seconds
    return ids
  }

  /** Whether it shows once more what another sighting shows: one that has its track, or stands before it. */
  #isTwin(one: Glimpse, sure: readonly Glimpse[], paired: ReadonlyMap<Glimpse, Track>): boolean {
    return sure.some(
      (other) =>
        other !== one &&
        other.kind === one.kind &&
        (paired.has(other) || other.position < one.position) &&
        overlap(other.sighting.box, one.sighting.box) > this.#settings.twin,
    )
  }
}

function without(expected: readonly Expected[], pairs: readonly Pair[]): Expected[] {
  const taken = new Set(pairs.map((pair) => pair.expected))
  return expected.filter((one) => !taken.has(one))
}

function notIn(pairs: readonly Pair[]): (one: Glimpse) => boolean {
  const taken = new Set(pairs.map(({ glimpse }) => glimpse))
  return (one) => !taken.has(one)
}

async function looksOf(glimpses: readonly Glimpse[], look: Look): Promise<Map<Glimpse, Appearance>> {
  const looks = new Map<Glimpse, Appearance>()
  if (glimpses.length === 0) return looks
  const vectors = await look(glimpses.map(({ position }) => position))
  for (const [index, one] of glimpses.entries()) {
    const vector = vectors[index]
    const appearance = vector === undefined ? null : fold(vector)
    if (appearance !== null) looks.set(one, appearance)
  }
  return looks
}
