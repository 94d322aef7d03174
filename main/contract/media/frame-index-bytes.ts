import { crc32 } from '../../base/crc32.ts'
import { FrameSet } from './frame-set.ts'

export interface FrameIndexData {
  /** When each frame begins, ascending and all different, at least one. */
  readonly ticks: ArrayLike<number>
  /** As a fraction: 30000 over 1001 is a tick a frame of NTSC. */
  readonly ticksPerSecond: readonly [over: number, under: number]
  /** How long the last frame lasts, ticks. */
  readonly lastTicks: number
  /** Frames at which decoding can begin, ascending. */
  readonly keys: Pick<ReadonlySet<number>, 'has' | 'size'> & { values(): Iterable<number> }
  /** Which stream of the file the frames are in, as ffmpeg counts; null where that is not known. */
  readonly stream?: number | null
}

/**
 * As few bytes as the frame rate needs: runs of equal differences as varints. They end with a checksum, since nearly
 * every changed bit would give another valid index, with wrong times.
 */
export function packFrameIndex({ ticks, ticksPerSecond, lastTicks, keys, stream = null }: FrameIndexData): Uint8Array {
  const out = new VarintWriter()
  for (const letter of MAGIC) out.write(letter)
  // 0 for an unknown stream.
  const head = [...ticksPerSecond, stream === null ? 0 : stream + 1, ticks.length, zigzag(ticks[0] ?? 0), lastTicks]
  for (const value of head) out.write(value)
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

/** @throws RangeError for bytes that `packFrameIndex` did not write. */
export function unpackFrameIndex(bytes: Uint8Array): FrameIndexData {
  const content = withoutChecksum(bytes)
  const from = new VarintReader(content.subarray(MAGIC.length))
  const ticksPerSecond = [from.read(), from.read()] as const
  const stream = from.read()
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
  return { ticks, ticksPerSecond, lastTicks, keys, stream: stream === 0 ? null : stream - 1 }
}

/** `FRI3`; an index of an older form is made again. */
const MAGIC = [0x46, 0x52, 0x49, 0x33]
const CHECKSUM_BYTES = 4

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

/** Ten days at 120 frames a second: a damaged file must not fill the memory. */
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
