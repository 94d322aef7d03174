import { partitionPoint } from '../../base/binary-search.ts'
import { type FrameIndexData, packFrameIndex, unpackFrameIndex } from './frame-index-bytes.ts'
import { averageRate, evenRate, roundingOf, shortIntervalOf, usualIntervals } from './frame-rate.ts'

/**
 * Which frame is shown when; scenes, pictures, the player and exports all use it. Frames are counted from 0 in display
 * order; times are seconds on the player's clock, which begins with the file.
 */
export class FrameIndex {
  readonly count: number
  /** Whether frames come at intervals that differ by more than the container's rounding. */
  readonly isVariable: boolean
  /** Which stream of the file the frames are in, as ffmpeg counts; null where that is not known. */
  readonly stream: number | null
  readonly #data: FrameIndexData
  /**
   * Ticks by which a time may be before its frame. Times are rounded, by us to microseconds and by containers to ticks:
   * half a tick, or less where that would be a large part of a frame.
   */
  readonly #tolerance: number

  constructor(data: FrameIndexData) {
    this.#data = data
    this.count = data.ticks.length
    this.stream = data.stream ?? null
    // One pass without intermediate lists: an index may have millions of frames.
    let [shortest, longest] = [Infinity, 0]
    for (let frame = 1; frame < this.count; frame += 1) {
      const interval = (data.ticks[frame] ?? 0) - (data.ticks[frame - 1] ?? 0)
      if (interval < shortest) shortest = interval
      if (interval > longest) longest = interval
    }
    this.isVariable = longest - shortest > roundingOf(shortest)
    this.#tolerance = Math.min(0.5, Math.min(shortest, data.lastTicks) / 4)
  }

  /** When a frame begins, in seconds; outside of the video, the nearest one that there is. */
  timeOf(frame: number): number {
    return this.#seconds(this.#data.ticks[this.#inside(frame)] ?? 0)
  }

  /** When a frame ends, in seconds; the last one lasts as long as the file says, or as the one before. */
  endOf(frame: number): number {
    const { ticks, lastTicks } = this.#data
    const next = ticks[this.#inside(frame) + 1]
    return this.#seconds(next ?? (ticks[this.count - 1] ?? 0) + lastTicks)
  }

  /** The frame on screen at a time; before the first that is the first, as players show it. */
  frameAt(seconds: number): number {
    const ticks = (seconds * this.#data.ticksPerSecond[0]) / this.#data.ticksPerSecond[1] + this.#tolerance
    return Math.max(0, partitionPoint(this.count, (frame) => (this.#data.ticks[frame] ?? Infinity) <= ticks) - 1)
  }

  /** The first frame that begins at a time or later; `count` when none does. */
  firstFrom(seconds: number): number {
    const ticks = (seconds * this.#data.ticksPerSecond[0]) / this.#data.ticksPerSecond[1] - this.#tolerance
    return partitionPoint(this.count, (frame) => (this.#data.ticks[frame] ?? Infinity) < ticks)
  }

  /** The frame that begins closest to a time. */
  nearestTo(seconds: number): number {
    const frame = this.frameAt(seconds)
    const next = this.#inside(frame + 1)
    return Math.abs(this.timeOf(next) - seconds) < Math.abs(this.timeOf(frame) - seconds) ? next : frame
  }

  /** Whether a decoder can begin at this frame. */
  isKey(frame: number): boolean {
    return this.#data.keys.has(frame)
  }

  /** The last key frame at or before a frame, but not before `floor`, which is returned when there is none. */
  keyBefore(frame: number, floor = 0): number {
    let key = frame
    while (key > floor && !this.isKey(key)) key -= 1
    return key
  }

  /** Every frame at which a decoder can begin, ascending. */
  keys(): Iterable<number> {
    return this.#data.keys.values()
  }

  /** Frames a second over all of the video; null for a single frame. */
  get averageRate(): number | null {
    const { ticks, ticksPerSecond } = this.#data
    const span = (ticks[this.count - 1] ?? 0) - (ticks[0] ?? 0)
    return span === 0 ? null : ((this.count - 1) * ticksPerSecond[0]) / ticksPerSecond[1] / span
  }

  /** When the last frame ends, in seconds. */
  get end(): number {
    return this.endOf(this.count - 1)
  }

  /** Frames a second where they come fastest; null for a single frame. */
  get nominalRate(): number | null {
    const { ticks, ticksPerSecond } = this.#data
    const interval = shortIntervalOf(ticks)
    return interval === null ? null : ticksPerSecond[0] / ticksPerSecond[1] / interval
  }

  /**
   * Frames a second as it is said of the video, with as many digits as every container keeps, three at most.
   * @param declared by the container, which has the last word on a single frame; null when unknown.
   */
  rate(declared: number | null): number | null {
    const { ticks, ticksPerSecond } = this.#data
    const span = (ticks[this.count - 1] ?? 0) - (ticks[0] ?? 0)
    if (span === 0) return declared
    const frames = { intervals: this.count - 1, span, ticksPerSecond: ticksPerSecond[0] / ticksPerSecond[1] }
    if (!this.isVariable) return evenRate(frames, declared)
    const usual = usualIntervals(ticks)
    // A cut loses a few of the last frames; a pause of hours is no frame rate.
    return usual.intervals < MOSTLY * frames.intervals
      ? averageRate(frames)
      : evenRate({ ...frames, ...usual }, declared)
  }

  /** Few bytes for a steady frame rate (some dozens), about two a frame for an uneven one; see frame-index-bytes.ts. */
  pack(): Uint8Array {
    return packFrameIndex(this.#data)
  }

  /** @throws RangeError for bytes that `pack` did not write. */
  static unpack(bytes: Uint8Array): FrameIndex {
    return new FrameIndex(unpackFrameIndex(bytes))
  }

  #inside(frame: number): number {
    return Math.min(this.count - 1, Math.max(0, Math.trunc(frame)))
  }

  #seconds(ticks: number): number {
    return (ticks * this.#data.ticksPerSecond[1]) / this.#data.ticksPerSecond[0]
  }
}

/** Share of the intervals that makes a rate. */
const MOSTLY = 0.9
