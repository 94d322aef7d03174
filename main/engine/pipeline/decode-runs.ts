import { EngineError, type FrameIndex } from '../../contract/index.ts'
import { fileUrl, inputArguments, pictureStream, type FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { CHARACTERS_PER_SPAN, micros, MOST_TIME_ERROR_SECONDS, seekTo, selectExpression } from '../media/index.ts'
import type { FrameDecoder } from '../models/index.ts'
import { fit, type FrameSize } from './frame-size.ts'

/** A video to decode. */
export interface VideoSource {
  readonly path: string
  readonly index: FrameIndex
  /** As it is displayed. */
  readonly size: FrameSize
}

/** Frames that one run of ffmpeg gives. */
export interface DecodeRun {
  /** Ascending. */
  readonly frames: readonly number[]
  /** Time of the player's clock that the run's own times count from, seconds. */
  readonly startSeconds: number
}

/** Windows allows 32 KB for a command. */
const MOST_CHARACTERS = 20_000
/**
 * A seek pays when it skips more of the video than this. Distant key frames are sought one by one, which costs about what
 * `-skip_frame nokey` would; that option gives frames out of order, or none, for open groups of pictures and for AVI.
 */
const WORTH_SEEKING_SECONDS = 2
const SILENCE_LIMIT_MS = 60_000

/** Splits due frames into runs: where a seek is cheaper than decoding on, and where a command would become too long. */
export function* decodeRunsOf(index: FrameIndex, due: readonly number[]): Generator<DecodeRun> {
  for (let at = 0; at < due.length;) {
    const frames: number[] = []
    let characters = 0
    for (; at < due.length; at += 1) {
      const [before, frame] = [frames.at(-1), due[at] ?? 0]
      if (before !== undefined && (characters > MOST_CHARACTERS || isSeekCheaper(index, before, frame))) break
      if (before === undefined || frame !== before + 1) characters += CHARACTERS_PER_SPAN
      frames.push(frame)
    }
    yield { frames, startSeconds: seekTo(index.timeOf(frames[0] ?? 0)) }
  }
}

function isSeekCheaper(index: FrameIndex, before: number, frame: number): boolean {
  return index.timeOf(index.keyBefore(frame, before)) - index.timeOf(before) > WORTH_SEEKING_SECONDS
}

/**
 * The decoder that gives exactly the frames of a run, upright and with square pixels.
 * @param longSide pixels of the longer side, at most.
 * @param timestampsFile where it writes the time of each frame, see `DecoderTimestamps`.
 */
export function decoderFor(
  tools: FfmpegTools,
  video: VideoSource,
  { frames, startSeconds }: DecodeRun,
  longSide: number,
  timestampsFile: string,
): FrameDecoder {
  const last = frames.at(-1)
  if (last === undefined) throw new EngineError('internal', 'There is no frame to decode.')
  const { width, height } = fit(video.size, longSide)
  const seek = startSeconds > 0 ? ['-ss', micros(startSeconds)] : []
  const upTo = ['-t', micros(video.index.endOf(last) - startSeconds + MOST_TIME_ERROR_SECONDS)]
  const graph = [
    `[${pictureStream(video.index.stream)}]select='${selectExpression(video.index, frames, startSeconds)}',split[noted][seen]`,
    // Only its time is used.
    '[noted]scale=2:2:flags=neighbor[times]',
    `[seen]scale=${width}:${height}:flags=area,setsar=1[pictures]`,
  ]
  const each = ['-frames:v', String(frames.length), ...tools.keepFrameTimes]
  return {
    program: tools.ffmpeg,
    args: [
      ...inputArguments(video.path, [...seek, ...upTo]),
      ...['-filter_complex', graph.join(';')],
      // To the microsecond, and written before the frame.
      ...['-map', '[times]', ...each, '-enc_time_base', '1:1000000', '-flush_packets', '1'],
      ...['-f', 'framecrc', fileUrl(timestampsFile)],
      ...['-map', '[pictures]', ...each, '-pix_fmt', 'rgb24', '-f', 'rawvideo', 'pipe:1'],
    ],
    ...{ width, height, silenceLimitMs: SILENCE_LIMIT_MS },
  }
}
