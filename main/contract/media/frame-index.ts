import { crc32 } from '../../base/crc32.ts'

/**
 * Which frame is shown when: the one answer that scenes, thumbnails, the player and exports share. Frames are counted
 * from 0 in the order they are shown; times are seconds on the player's clock, which begins with the file.
 */
export class FrameIndex {
  readonly count: number
  /** Whether frames come at intervals that differ by more than the container's rounding. */
  readonly isVariable: boolean
  readonly #data: FrameIndexData
  /**
   * Ticks that a time may come before its frame. Times come rounded, by us to microseconds and by containers to a tick:
   * half of one, where that is no sizeable part of a frame.
   */
  readonly #tolerance: number

  constructor(data: FrameIndexData) {
    this.#data = data
    this.count = data.ticks.length
    // In one pass, without lists between: hours of film must not hold up whoever opens an index.
    let [shortest, longest] = [Infinity, 0]
    for (let frame = 1; frame < this.count; frame += 1) {
      const interval = (data.ticks[frame] ?? 0) - (data.ticks[frame - 1] ?? 0)
      if (interval < shortest) shortest = interval
      if (interval > longest) longest = interval
    }
    this.isVariable = longest - shortest > 1
    this.#tolerance = Math.min(0.5, Math.min(shortest, data.lastTicks) / 4)
  }

  /** When a frame begins, in seconds; outside of the video, the nearest one that there is. */
  timeOf(frame: number): number {
    return this.#seconds(this.#data.ticks[this.#inside(frame)] ?? 0)
  }

  /** When a frame makes way for the next, in seconds; the last one lasts as long as the file says, or as the one before. */
  endOf(frame: number): number {
    const { ticks, lastTicks } = this.#data
    const next = ticks[this.#inside(frame) + 1]
    return this.#seconds(next ?? (ticks[this.count - 1] ?? 0) + lastTicks)
  }

  /** The frame on screen at a time; before the first that is the first, as players show it. */
  frameAt(seconds: number): number {
    const ticks = (seconds * this.#data.ticksPerSecond[0]) / this.#data.ticksPerSecond[1] + this.#tolerance
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#data.ticks[middle] ?? Infinity) <= ticks) low = middle + 1
      else high = middle
    }
    return Math.max(0, low - 1)
  }

  /** The first frame that begins at a time or later; `count` when none does. */
  firstFrom(seconds: number): number {
    const ticks = (seconds * this.#data.ticksPerSecond[0]) / this.#data.ticksPerSecond[1] - this.#tolerance
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#data.ticks[middle] ?? Infinity) < ticks) low = middle + 1
      else high = middle
    }
    return low
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

  /**
   * As few bytes as steady video needs: a steady one takes a few dozen, an uneven one about two a frame. They end with
   * a checksum, since nearly every changed bit would make another index of them, with wrong times.
   */
  pack(): Uint8Array {
    const { ticks, ticksPerSecond, lastTicks, keys } = this.#data
    const out = new VarintWriter()
    for (const letter of MAGIC) out.write(letter)
    for (const value of [...ticksPerSecond, this.count, zigzag(ticks[0] ?? 0), lastTicks]) out.write(value)
    const intervals = new RunWriter(out)
    for (let at = 1; at < ticks.length; at += 1) intervals.add((ticks[at] ?? 0) - (ticks[at - 1] ?? 0))
    intervals.end()
    out.write(keys.size)
    const gaps = new RunWriter(out)
    let before = 0
    for (const key of keys.values()) {
      gaps.add(key - before)
      before = key
    }
    gaps.end()
    return withChecksum(out.bytes())
  }

  /** @throws RangeError for bytes that `pack` did not write. */
  static unpack(bytes: Uint8Array): FrameIndex {
    const content = isOfFirstKind(bytes) ? bytes : withoutChecksum(bytes)
    const from = new VarintReader(content.subarray(MAGIC.length))
    const ticksPerSecond = [from.read(), from.read()] as const
    const count = from.read()
    const first = unzigzag(from.read())
    const lastTicks = from.read()
    if (!ticksPerSecond[0] || !ticksPerSecond[1] || count === 0) throw new RangeError('This frame index is empty.')
    if (count > MOST_FRAMES) throw new RangeError('This frame index is damaged.')
    const ticks = new Float64Array(count)
    ticks[0] = first
    unroll(from, first, count - 1, (value, at) => (ticks[at + 1] = value))
    const keys = new FrameSet(count)
    unroll(from, 0, from.read(), (frame) => keys.add(frame))
    if (!from.isAtEnd) throw new RangeError('This frame index is longer than it should be.')
    return new FrameIndex({ ticks, ticksPerSecond, lastTicks, keys })
  }

  #inside(frame: number): number {
    return Math.min(this.count - 1, Math.max(0, Math.trunc(frame)))
  }

  #seconds(ticks: number): number {
    return (ticks * this.#data.ticksPerSecond[1]) / this.#data.ticksPerSecond[0]
  }
}

export interface FrameIndexData {
  /** When each frame begins, ascending and all different, at least one. */
  readonly ticks: ArrayLike<number>
  /** As a fraction: 30000 over 1001 is a tick a frame of NTSC. */
  readonly ticksPerSecond: readonly [over: number, under: number]
  /** How long the last frame lasts, ticks. */
  readonly lastTicks: number
  /** Frames at which decoding can begin, ascending. */
  readonly keys: Pick<ReadonlySet<number>, 'has' | 'size'> & { values(): Iterable<number> }
}

/** A set of frames that takes a bit for each frame of a film: a list of millions of key frames fits into any memory. */
export class FrameSet {
  readonly #bits: Uint8Array
  #size = 0

  /** @param count frames of the film. */
  constructor(count: number) {
    this.#bits = new Uint8Array(Math.ceil(count / 8))
  }

  get size(): number {
    return this.#size
  }

  /** A frame beyond the film is not taken in. */
  add(frame: number): void {
    const byte = this.#bits[frame >>> 3]
    if (byte === undefined || this.has(frame)) return
    this.#bits[frame >>> 3] = byte | (1 << (frame & 7))
    this.#size += 1
  }

  has(frame: number): boolean {
    return frame >= 0 && ((this.#bits[frame >>> 3] ?? 0) & (1 << (frame & 7))) !== 0
  }

  *values(): Generator<number> {
    for (const [at, byte] of this.#bits.entries()) {
      if (byte === 0) continue
      for (let bit = 0; bit < 8; bit += 1) if (byte & (1 << bit)) yield 8 * at + bit
    }
  }
}

/** `FRI2`; `FRI1` is the same without a checksum, as libraries made before have it. */
const MAGIC = [0x46, 0x52, 0x49, 0x32]
const FIRST_MAGIC = [0x46, 0x52, 0x49, 0x31]
const CHECKSUM_BYTES = 4

function isOfFirstKind(bytes: Uint8Array): boolean {
  return FIRST_MAGIC.every((letter, at) => bytes[at] === letter)
}

function withChecksum(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(bytes.length + CHECKSUM_BYTES)
  whole.set(bytes)
  new DataView(whole.buffer).setUint32(bytes.length, crc32(bytes))
  return whole
}

/** @throws RangeError for bytes that are not as `withChecksum` made them. */
function withoutChecksum(bytes: Uint8Array): Uint8Array {
  const end = bytes.length - CHECKSUM_BYTES
  if (end < 0 || MAGIC.some((letter, at) => bytes[at] !== letter)) throw new RangeError('This is no frame index.')
  const content = bytes.subarray(0, end)
  const checksum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(end)
  if (crc32(content) !== checksum) throw new RangeError('This frame index is damaged.')
  return content
}

/** More than any film: ten days at 120 frames a second. A damaged file must not fill the memory. */
const MOST_FRAMES = 100_000_000

/** Runs of differences as the values they lead to. */
function unroll(from: VarintReader, first: number, count: number, take: (value: number, at: number) => void): void {
  if (count > MOST_FRAMES) throw new RangeError('This frame index is damaged.')
  let value = first
  for (let at = 0; at < count;) {
    const step = from.read()
    const repeats = from.read()
    if (repeats === 0 || at + repeats > count) throw new RangeError('This frame index is damaged.')
    for (const end = at + repeats; at < end; at += 1) take((value += step), at)
  }
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
class VarintWriter {
  #bytes: number[] = []

  write(value: number): void {
    let rest = value
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#bytes.push((rest % 0x80) + 0x80)
    this.#bytes.push(rest)
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes)
  }
}

/** Writes differences as runs: each value, and how often it follows itself. */
class RunWriter {
  #value = NaN
  #repeats = 0

  constructor(private readonly out: VarintWriter) {}

  add(value: number): void {
    if (value === this.#value) {
      this.#repeats += 1
      return
    }
    this.end()
    this.#value = value
    this.#repeats = 1
  }

  end(): void {
    if (this.#repeats === 0) return
    this.out.write(this.#value)
    this.out.write(this.#repeats)
    this.#repeats = 0
  }
}

class VarintReader {
  #at = 0
  constructor(private readonly source: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.#at === this.source.length
  }

  /** @throws RangeError past the end, and for numbers that no `VarintWriter` writes. */
  read(): number {
    let value = 0
    for (let scale = 1; scale <= Number.MAX_SAFE_INTEGER; scale *= 0x80) {
      const byte = this.source[this.#at]
      if (byte === undefined) break
      this.#at += 1
      value += (byte % 0x80) * scale
      if (byte < 0x80) return value
    }
    throw new RangeError('This frame index ends too early.')
  }
}
