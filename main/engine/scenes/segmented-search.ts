import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { inOrder } from '../../base/in-order.ts'
import type { FrameIndex } from '../../contract/media/frame-index.ts'
import type { PictureOutput } from '../media/index.ts'
import type { AnalysisFrame, Boundary, SceneDetector } from './detector.ts'
import { costOf, openSegments, settleSegments } from './exact-pass.ts'
import { segmentsOf, type Segment } from './segment.ts'
import { readSegment, type SegmentReading } from './segment-reader.ts'

/**
 * Each decoder, and each of its threads, has full-size frames in memory. Two decoders of frames up to this size stay below
 * 200 MB (AN-14); for larger ones there is one decoder with more threads.
 */
const MOST_PIXELS_OF_TWO = 640 * 480
const MOST_THREADS = 4
/** Below this frame rate, no frames are left out. */
const LEAST_RATE = 18
/** The largest gaps from left-out frames, in frames and in seconds; a small share of them may be larger. */
const MOST_GAP_FRAMES = 4
const MOST_GAP_SECONDS = 0.17
const MOST_WIDE_GAPS = 0.02
/** When more than this share of the frames would be decoded a second time, one exact pass is cheaper. */
const MOST_TWICE = 0.3
/** Frames are judged for so long at a time: a decoder that nobody reads meanwhile has to wait. */
const JUDGING_MS = 10

export interface Searched {
  readonly boundaries: Boundary[]
  /** Frames of which there is a picture now, ascending. */
  readonly pictured: readonly number[]
}

/**
 * Finds boundaries in two passes. The first leaves out frames that no other frame needs, and decodes segments of the video
 * in parallel; the second decodes every frame around what the first left open. Where that would not pay, the first pass
 * leaves nothing out. The result depends on the video alone (AN-12).
 * @param pictures of frames that are decoded anyway, to be written meanwhile.
 * @throws IndexMismatch, EngineError `media_failed`, `cancelled`.
 */
export async function searchSegments(
  reading: SegmentReading,
  detector: SceneDetector,
  onProgress: (fraction: number) => void,
  pictures?: PictureOutput,
): Promise<Searched> {
  return await new SegmentedSearch(reading, detector, onProgress, pictures).run()
}

class SegmentedSearch {
  readonly #reading: SegmentReading
  readonly #frames: FrameIndex
  readonly #seen: Uint8Array
  readonly #found: Boundary[] = []
  readonly #pictured = new Set<number>()
  /** Decoders at once, and threads of each. */
  readonly #parallel: number
  readonly #threads: number
  readonly #progress: Progress
  #sparse: boolean

  constructor(
    reading: SegmentReading,
    private readonly detector: SceneDetector,
    onProgress: (fraction: number) => void,
    private readonly pictures: PictureOutput | undefined,
  ) {
    this.#frames = reading.frames
    this.#seen = new Uint8Array(reading.frames.count)
    this.#sparse = (reading.frames.averageRate ?? 0) >= LEAST_RATE
    const cores = Math.min(MOST_THREADS, availableParallelism())
    this.#parallel = cores > 1 && (reading.pixels ?? Infinity) <= MOST_PIXELS_OF_TWO ? 2 : 1
    // One more than cores: a thread whose frame is left out has nothing to do.
    this.#threads = this.#parallel === 1 ? Math.min(MOST_THREADS, cores + 1) : Math.floor(cores / this.#parallel)
    this.#progress = new Progress(reading.frames.count, onProgress)
    this.#reading = { ...reading, onDecoded: (segment, frame) => this.#progress.decoded(segment, frame) }
  }

  async run(): Promise<Searched> {
    const segments = segmentsOf(this.#frames)
    // By themselves, because their result decides how the others are read.
    const first = segments.splice(0, this.#parallel)
    await this.#readAll(first)
    const again = costOf(this.#open(), this.#frames) / (first.at(-1)?.to ?? 1)
    if (again > MOST_TWICE) this.#sparse = false
    else this.#progress.expect(again * this.#frames.count)
    await this.#readAll(segments)
    this.#found.push(...this.detector.finish())
    const open = this.#open()
    this.#progress.expect(costOf(open, this.#frames))
    const decoding = { parallel: this.#parallel, threads: this.#threads }
    const boundaries = await settleSegments(this.#reading, this.#found, open, decoding)
    return { boundaries, pictured: [...this.#pictured].sort((a, b) => a - b) }
  }

  async #readAll(segments: readonly Segment[]): Promise<void> {
    const at = { parallel: this.#parallel, signal: this.#reading.signal }
    const threads = segments.length < this.#parallel ? this.#threads * this.#parallel : this.#threads
    const work = (segment: Segment, signal: AbortSignal) => this.#read(segment, signal, threads)
    await inOrder(segments, at, work, (read) => this.#judge(read))
  }

  #open() {
    return openSegments(this.#found, this.#seen, this.#frames)
  }

  /** Without the frames that no other needs; with all frames where too few are left. */
  async #read(segment: Segment, signal: AbortSignal | undefined, threads: number): Promise<AnalysisFrame[]> {
    const reading = { ...this.#reading, signal }
    const onPicture = (frame: number): unknown => this.#pictured.add(frame)
    const pictures = this.pictures && { ...this.pictures, onPicture }
    if (this.#sparse) {
      const read = await readSegment(reading, segment, { threads, onlyReferences: true, pictures })
      if (!isTooSparse(read)) return read
    }
    return await readSegment(reading, segment, { threads, onlyReferences: false, pictures })
  }

  async #judge(read: readonly AnalysisFrame[]): Promise<void> {
    let began = performance.now()
    for (const frame of read) {
      this.#seen[frame.index] = 1
      this.#found.push(...this.detector.process(frame))
      if (performance.now() - began < JUDGING_MS) continue
      await setImmediate()
      began = performance.now()
    }
  }
}

function isTooSparse(read: readonly AnalysisFrame[]): boolean {
  const wide = read.filter((frame, at) => {
    const before = read[at - 1]
    if (!before || frame.index === before.index + 1) return false
    return frame.index - before.index > MOST_GAP_FRAMES || frame.time - before.time > MOST_GAP_SECONDS
  })
  return wide.length > MOST_WIDE_GAPS * read.length
}

/** Progress of all decoding together. */
class Progress {
  readonly #reached = new Map<Segment, number>()
  #done = 0
  #all: number

  constructor(
    private readonly count: number,
    private readonly onProgress: (fraction: number) => void,
  ) {
    this.#all = count
  }

  /** @param frames that are going to be decoded a second time. */
  expect(frames: number): void {
    this.#all = this.count + frames
  }

  decoded(segment: Segment, frame: number): void {
    const before = this.#reached.get(segment) ?? frame - 1
    this.#reached.set(segment, Math.max(before, frame))
    this.#done += Math.max(0, frame - before)
    this.onProgress(Math.min(1, this.#done / this.#all))
  }
}
