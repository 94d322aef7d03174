import { colourFor, type FinishReason, type StreamChunk, type StreamTarget } from '../../../../main/contract/index.ts'
import { ClassCounts } from './class-counts.ts'
import { type Column, doubles, fractions, integers } from './column.ts'
import type { SseEvent } from './sse.ts'
import { Track } from './track.ts'

/** What only few targets have. */
export type Findings = Pick<StreamTarget, 'text' | 'feature'>

/** How the stream ended. */
export interface Closing {
  readonly reason: FinishReason
  readonly error: StreamChunk['error'] | null
  readonly usage: NonNullable<StreamChunk['usage']> | null
  readonly offset: number
}

/**
 * What a task's stream told so far, kept so that hours of it can be held and looked up at every frame. It grows as events
 * come in; each costs what it holds, however many came before. Frames are counted in the order they came, from 0; times
 * are seconds of the video.
 */
export class TaskRecord {
  /** Of each frame: its number in the video, when it is shown, and the bytes of its event. Ascending. */
  readonly frameNumbers: Column = integers()
  readonly times: Column = doubles()
  readonly offsets: Column = doubles()
  readonly lengths: Column = integers()
  readonly elapsed: Column = integers()
  /** Of each target: its track (0 without one), class, and place in the picture. */
  readonly trackIds: Column = integers()
  readonly classIndexes: Column = integers()
  readonly confidences: Column = fractions()
  readonly boxes: Column = integers()
  readonly findings = new Map<number, Findings>()
  /** Names, in the order they were met. */
  readonly classes: string[] = []
  /** In the order of first appearance. */
  readonly tracks: Track[] = []
  readonly counts = new ClassCounts()
  model: string | null = null
  /** Frames passed without being looked at. */
  dropped = 0
  /** Frames a second of the video. */
  frameRate: number | null = null
  /** Events that could not be read. */
  unreadable = 0
  closing: Closing | null = null
  readonly #firstTargets: Column = integers()
  readonly #tracks = new Map<number, Track>()
  readonly #classes = new Map<string, number>()

  get frameCount(): number {
    return this.times.length
  }

  track(id: number): Track | undefined {
    return this.#tracks.get(id)
  }

  className(index: number): string {
    return this.classes[index] ?? ''
  }

  /** Takes an event of the stream. */
  add(event: SseEvent): void {
    if (event.data === '[DONE]') return
    const chunk = parse(event.data)
    if (!chunk) {
      this.unreadable += 1
      return
    }
    if (chunk.model !== undefined && this.frameCount === 0) this.model = chunk.model
    const { finish_reason: reason, delta, error = null, usage = null } = chunk
    // The closing event may bring a last frame, or only say how it went.
    if (reason === null || delta.results.length > 0) this.#addFrame(event, chunk)
    if (reason !== null) this.closing = { reason, error, usage, offset: event.offset }
  }

  /** Places of the targets of a frame: from the first up to the second, which is not its own. */
  targetsOf(frame: number): readonly [from: number, to: number] {
    const next = frame + 1 < this.frameCount ? this.#firstTargets.at(frame + 1) : this.trackIds.length
    return [this.#firstTargets.at(frame), next]
  }

  /** The last frame shown at or before a time; -1 before the first. @param tolerance seconds it may come later */
  frameAt(time: number, tolerance = 0.0005): number {
    return this.times.countUpTo(time + tolerance) - 1
  }

  /** The frame with this number in the video; -1 when it was not looked at. */
  frameOfNumber(number: number): number {
    const at = this.frameNumbers.countUpTo(number) - 1
    return at >= 0 && this.frameNumbers.at(at) === number ? at : -1
  }

  #addFrame({ offset, length }: SseEvent, { stream_info: info, delta }: StreamChunk): void {
    const frame = this.frameCount
    this.dropped = info.dropped_frames
    this.frameRate = info.fps
    const time = info.pts ?? info.frame_index / (info.fps > 0 ? info.fps : 25)
    const targets = delta.results.flatMap((result) => result.targets)
    this.#firstTargets.push(this.trackIds.length)
    this.frameNumbers.push(info.frame_index)
    this.times.push(time)
    this.offsets.push(offset)
    this.lengths.push(length)
    this.elapsed.push(info.elapsed_ms)
    const usedColours = this.#coloursOf(targets)
    const counts: number[] = []
    for (const target of targets) {
      const classIndex = this.#addTarget(frame, target, usedColours)
      counts[classIndex] = (counts[classIndex] ?? 0) + 1
    }
    this.counts.add(
      time,
      Array.from(counts, (count) => count ?? 0),
    )
  }

  #addTarget(frame: number, seen: StreamTarget, held: Set<number>): number {
    const target = this.trackIds.length
    const classIndex = this.#classIndex(seen.class)
    const { left, top, width, height } = seen.roi
    this.trackIds.push(seen.track_id ?? 0)
    this.classIndexes.push(classIndex)
    this.confidences.push(seen.confidence)
    for (const side of [left, top, width, height]) this.boxes.push(side)
    if (seen.text || seen.feature) {
      // A vector of 1792 numbers a target would fill the memory; it can be read in the stream.
      const feature = seen.feature && { dim: seen.feature.dim, norm: seen.feature.norm }
      this.findings.set(target, { ...(seen.text && { text: seen.text }), ...(feature && { feature }) })
    }
    if (seen.track_id !== undefined) {
      this.#trackOf(seen.track_id, held).add(frame, target, classIndex, seen.confidence)
    }
    return classIndex
  }

  #coloursOf(targets: readonly StreamTarget[]): Set<number> {
    return new Set(targets.flatMap(({ track_id: id }) => this.#tracks.get(id ?? 0)?.colour ?? []))
  }

  #trackOf(id: number, held: Set<number>): Track {
    const known = this.#tracks.get(id)
    if (known) return known
    const track = new Track(id, colourFor(held, id))
    held.add(track.colour)
    this.#tracks.set(id, track)
    this.tracks.push(track)
    return track
  }

  #classIndex(name: string): number {
    const known = this.#classes.get(name)
    if (known !== undefined) return known
    const index = this.classes.push(name) - 1
    this.#classes.set(name, index)
    return index
  }
}

/** The engine's own words, so only their outline is looked at: parsing all of them by schema would take seconds. */
function parse(data: string): StreamChunk | null {
  try {
    const chunk = JSON.parse(data) as Partial<StreamChunk> | null
    return chunk?.stream_info && Array.isArray(chunk.delta?.results) ? (chunk as StreamChunk) : null
  } catch {
    return null
  }
}
