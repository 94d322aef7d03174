import { EngineError, type FrameIndex } from '../../contract/index.ts'
import { fileUrl, inputArguments, type FfmpegTools } from '../../platform/ffmpeg/index.ts'
import type { PictureDecoder } from '../models/index.ts'
import { fit, type FrameSize } from './frame-size.ts'

/** A video to decode. */
export interface Film {
  readonly path: string
  readonly index: FrameIndex
  /** As it is displayed. */
  readonly size: FrameSize
}

/** Some frames that one run of ffmpeg gives. */
export interface Stretch {
  /** Ascending. */
  readonly frames: readonly number[]
  /** What of the player's clock its times are counted from, seconds. */
  readonly startSeconds: number
}

/** Commands are no longer than 32 KB on Windows. */
const MOST_LETTERS = 20_000
/**
 * A seek is worth it when it spares more film than this. Key frames far apart are sought one by one, which costs about
 * what `-skip_frame nokey` would; that gives them out of order, or not at all, for open groups of pictures and for AVI.
 */
const SPARED_SECONDS = 2
/** Frames come at most this far from the time that the index says, however far apart they are. */
const WIDEST_SECONDS = 0.25
/** Nearer to the start than this, decoding begins there: AVI answers a seek to its first frames with its last ones. */
const FIRST_SEEK_SECONDS = 1
const SILENCE_LIMIT_MS = 60_000

/** Cuts due frames into stretches: where a seek is cheaper than decoding on, and where a command would get too long. */
export function* stretchesOf(index: FrameIndex, due: readonly number[]): Generator<Stretch> {
  for (let at = 0; at < due.length;) {
    const frames: number[] = []
    let letters = 0
    for (; at < due.length; at += 1) {
      const [before, frame] = [frames.at(-1), due[at] ?? 0]
      if (before !== undefined && (letters > MOST_LETTERS || sparesMuch(index, before, frame))) break
      if (before === undefined || frame !== before + 1) letters += LETTERS_A_SPAN
      frames.push(frame)
    }
    const first = index.timeOf(frames[0] ?? 0)
    // Down to a microsecond that no release takes for one after the frame.
    const startSeconds = first < FIRST_SEEK_SECONDS ? 0 : Math.floor(first * 1e6) / 1e6
    yield { frames, startSeconds }
  }
}

/** `if(lt(t,1234.567890),between(t,…,…),` */
const LETTERS_A_SPAN = 56

function sparesMuch(index: FrameIndex, before: number, frame: number): boolean {
  let key = frame
  while (key > before && !index.isKey(key)) key -= 1
  return index.timeOf(key) - index.timeOf(before) > SPARED_SECONDS
}

/**
 * The run of ffmpeg that gives exactly the frames of a stretch, upright and with square pixels.
 * @param longSide pixels of the longer side, at most.
 * @param timesFile where it notes the time of each frame that it gives, see `GivenTimes`.
 */
export function decoderOf(
  tools: FfmpegTools,
  film: Film,
  stretch: Stretch,
  longSide: number,
  timesFile: string,
): PictureDecoder {
  const { frames, startSeconds } = stretch
  const last = frames.at(-1)
  if (last === undefined) throw new EngineError('internal', 'There is no frame to decode.')
  const { width, height } = fit(film.size, longSide)
  const seek = startSeconds > 0 ? ['-ss', micros(startSeconds)] : []
  const upTo = ['-t', micros(film.index.endOf(last) - startSeconds + WIDEST_SECONDS)]
  const graph = [
    `[0:V:0]select='${chosen(spansOf(film.index, stretch))}',split[noted][seen]`,
    // Only its time is wanted.
    '[noted]scale=2:2:flags=neighbor[times]',
    `[seen]scale=${width}:${height}:flags=area,setsar=1[pictures]`,
  ]
  const each = ['-frames:v', String(frames.length), ...tools.keepFrameTimes]
  return {
    program: tools.ffmpeg,
    args: [
      ...inputArguments(film.path, [...seek, ...upTo]),
      ...['-filter_complex', graph.join(';')],
      // To the microsecond, and before its picture.
      ...['-map', '[times]', ...each, '-enc_time_base', '1:1000000', '-flush_packets', '1'],
      ...['-f', 'framecrc', fileUrl(timesFile)],
      ...['-map', '[pictures]', ...each, '-pix_fmt', 'rgb24', '-f', 'rawvideo', 'pipe:1'],
    ],
    ...{ width, height, silenceLimitMs: SILENCE_LIMIT_MS },
  }
}

interface Span {
  readonly from: number
  readonly until: number
}

/** Spans of time that hold the due frames and no others, counted from where decoding begins. */
function spansOf(index: FrameIndex, { frames, startSeconds }: Stretch): Span[] {
  const spans: { from: number; until: number }[] = []
  for (const [at, frame] of frames.entries()) {
    const time = index.timeOf(frame)
    const until = time + Math.min(WIDEST_SECONDS, (index.endOf(frame) - time) / 2) - startSeconds
    const span = spans.at(-1)
    if (span && frames[at - 1] === frame - 1) span.until = until
    else {
      const gap = frame > 0 ? time - index.timeOf(frame - 1) : Infinity
      spans.push({ from: time - Math.min(WIDEST_SECONDS, gap / 2) - startSeconds, until })
    }
  }
  return spans
}

/** An expression that is true within the spans. Asked of every frame, it halves its way: thousands of spans cost a dozen steps. */
function chosen(spans: readonly Span[]): string {
  const [only] = spans
  if (!only) return '0'
  if (spans.length === 1) return `between(t,${micros(only.from)},${micros(only.until)})`
  const middle = spans.length >> 1
  const at = spans[middle]?.from ?? 0
  return `if(lt(t,${micros(at)}),${chosen(spans.slice(0, middle))},${chosen(spans.slice(middle))})`
}

function micros(seconds: number): string {
  return seconds.toFixed(6)
}
