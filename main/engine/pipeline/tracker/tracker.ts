import type { Detection } from '../../models/index.ts'
import { isBox, overlap } from '../../models/index.ts'
import { blend, type CompactEmbedding, fold } from './embedding.ts'
import {
  bestPairs,
  clearPairs,
  embeddingCost,
  misclassificationCost,
  motionCost,
  type Observation,
  observe,
  type Pair,
  predictTracks,
  type PredictedTrack,
} from './pairing.ts'
import type { TrackerSettings } from './settings.ts'
import type { TrackerState } from './state.ts'
import { continueTrack, startTrack, type Track } from './track.ts'

/** Computes the embeddings of the detections at these positions. */
type Embed = (positions: readonly number[]) => Promise<Float32Array[]>

/** Gives detections the ids of tracks. Deterministic: the same calls give the same ids. */
export interface Tracker {
  /**
   * @param seconds when the frame is shown; ascending.
   * @param embed called only for detections that motion alone leaves open: embeddings are expensive.
   * @returns for each detection its track's id, or null when it belongs to no track (yet). Ids are 1, 2, 3… in the order
   * of first appearance, and never used again (PI-30).
   */
  track(seconds: number, detections: readonly Detection[], embed: Embed): Promise<(number | null)[]>
  /** The whole state, as plain JSON; a tracker restored from it continues identically. */
  snapshot(): TrackerState
}

/** One frame: its detections, and where the tracks are predicted to be. */
interface Frame {
  readonly seconds: number
  readonly predicted: readonly PredictedTrack[]
  /** Strong detections may begin tracks, weak ones only continue them. */
  readonly strong: readonly Observation[]
  readonly weak: readonly Observation[]
}

/**
 * After ByteTrack: strong detections are paired with the tracks first, weak ones continue the tracks that are left.
 * A pair's cost comes from its motion and, where motion alone leaves it open, from its embeddings.
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

  /** Changes nothing before `embed` has answered: a frame whose embeddings failed may be tracked once more. */
  async track(seconds: number, detections: readonly Detection[], embed: Embed): Promise<(number | null)[]> {
    const { limit, weakLimit } = this.#settings
    const frame = this.#frame(seconds, detections)
    const byMotion = (track: PredictedTrack, one: Observation) => motionCost(track, one, this.#settings)
    const clear = clearPairs(frame.predicted, frame.strong, byMotion, this.#settings)
    const embeddings = await embeddingsOf(this.#toEmbed(frame, clear), embed)
    const byEmbedding = (track: PredictedTrack, one: Observation) => {
      const cost = byMotion(track, one)
      return cost === Infinity ? cost : cost + embeddingCost(track, embeddings.get(one), this.#settings)
    }
    const open = bestPairs(without(frame.predicted, clear), frame.strong.filter(notIn(clear)), byEmbedding, limit)
    const strong = [...clear, ...open]
    const left = without(frame.predicted, strong).filter(({ track }) => this.#isRecent(track, frame))
    const weak = bestPairs(left, frame.weak, byMotion, weakLimit)
    const misclassified = bestPairs(
      without(left, weak),
      frame.strong.filter(notIn(strong)),
      (track, one) => misclassificationCost(track, one, this.#settings),
      1,
    )
    return this.#update(frame, detections, [...strong, ...weak, ...misclassified], embeddings)
  }

  snapshot(): TrackerState {
    return { version: 2, lastId: this.#lastId, seconds: this.#seconds, tracks: [...this.#tracks] }
  }

  #frame(given: number, detections: readonly Detection[]): Frame {
    const { weakest, strong } = this.#settings
    const before = this.#seconds ?? 0
    const seconds = Number.isFinite(given) ? Math.max(given, before) : before
    const lifetime = this.#lifetime(seconds - before)
    const usable = detections.flatMap((detection, position) =>
      detection.confidence >= weakest && isBox(detection.box) ? [observe(detection, position)] : [],
    )
    return {
      seconds,
      predicted: predictTracks(
        this.#tracks.filter(({ seenAt }) => seconds - seenAt <= lifetime),
        seconds,
        this.#settings,
      ),
      strong: usable.filter(({ detection }) => detection.confidence >= strong),
      weak: usable.filter(({ detection }) => detection.confidence < strong),
    }
  }

  /** @returns how many seconds a track may stay undetected, where frames are `step` seconds apart. */
  #lifetime(step: number): number {
    const { gapSeconds, gapFrames, sparseSeconds } = this.#settings
    return step <= sparseSeconds ? Math.max(gapSeconds, gapFrames * step) : gapSeconds
  }

  #isRecent({ strongAt }: Track, { seconds }: Frame): boolean {
    return seconds - strongAt <= this.#settings.weakSeconds || strongAt === this.#seconds
  }

  /** @returns the detections that need an embedding: those left open, and those whose track's embedding is old. */
  #toEmbed({ seconds, strong }: Frame, clear: readonly Pair[]): Observation[] {
    const known = new Set<Observation>()
    for (const { predicted, observation } of clear) {
      const { embedding, embeddedAt } = predicted.track
      const isFresh = embedding !== null && seconds - embeddedAt < this.#settings.refreshSeconds
      if (isFresh || this.#isCovered(observation, strong)) known.add(observation)
    }
    return strong.filter((one) => !known.has(one))
  }

  #isCovered(one: Observation, others: readonly Observation[]): boolean {
    const { covered } = this.#settings
    return others.some((other) => other !== one && overlap(other.detection.box, one.detection.box) > covered)
  }

  /** Continues, begins and ends tracks, and assigns ids. */
  #update(
    { seconds, predicted, strong, weak }: Frame,
    detections: readonly Detection[],
    pairs: readonly Pair[],
    embeddings: ReadonlyMap<Observation, CompactEmbedding>,
  ): (number | null)[] {
    const { least, motion } = this.#settings
    const ids = detections.map((): number | null => null)
    const paired = new Map(pairs.map((pair) => [pair.observation, pair.predicted.track]))
    const continued = new Map<Track, Track>()
    const begun: Track[] = []
    const withId = (track: Track, one: Observation): Track => {
      const isReported = one.detection.confidence >= least
      const id = track.id ?? (isReported ? ++this.#lastId : null)
      ids[one.position] = isReported ? id : null
      const seen = embeddings.get(one)
      const isNew = seen !== undefined && (track.embedding === null || !this.#isCovered(one, strong))
      return isNew ? { ...track, id, embedding: blend(track.embedding, seen), embeddedAt: seconds } : { ...track, id }
    }
    const proceed = (track: Track, one: Observation, isStrong: boolean): void => {
      const next = continueTrack(track, seconds, one.detection, { isStrong, settings: motion })
      continued.set(track, withId(next, one))
    }
    for (const one of strong) {
      const track = paired.get(one)
      if (track) proceed(track, one, true)
      else if (!this.#isTwin(one, strong, paired)) begun.push(withId(startTrack(seconds, one.detection, motion), one))
    }
    for (const one of weak) {
      const track = paired.get(one)
      if (track) proceed(track, one, false)
    }
    this.#tracks = [...predicted.map(({ track }) => continued.get(track) ?? track), ...begun]
    this.#seconds = seconds
    return ids
  }

  /** Whether it is a second detection of the same thing: of one that has a track, or that comes before it. */
  #isTwin(one: Observation, strong: readonly Observation[], paired: ReadonlyMap<Observation, Track>): boolean {
    return strong.some(
      (other) =>
        other !== one &&
        other.kind === one.kind &&
        (paired.has(other) || other.position < one.position) &&
        overlap(other.detection.box, one.detection.box) > this.#settings.twin,
    )
  }
}

function without(predicted: readonly PredictedTrack[], pairs: readonly Pair[]): PredictedTrack[] {
  const taken = new Set(pairs.map((pair) => pair.predicted))
  return predicted.filter((one) => !taken.has(one))
}

function notIn(pairs: readonly Pair[]): (one: Observation) => boolean {
  const taken = new Set(pairs.map(({ observation }) => observation))
  return (one) => !taken.has(one)
}

async function embeddingsOf(observations: readonly Observation[], embed: Embed) {
  const embeddings = new Map<Observation, CompactEmbedding>()
  if (observations.length === 0) return embeddings
  const vectors = await embed(observations.map(({ position }) => position))
  for (const [index, one] of observations.entries()) {
    const vector = vectors[index]
    const embedding = vector === undefined ? null : fold(vector)
    if (embedding !== null) embeddings.set(one, embedding)
  }
  return embeddings
}
