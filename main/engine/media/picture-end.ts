import {
  type FfmpegTools,
  type FfprobeRun,
  isRefusal,
  isTooMuch,
  listWithFfprobe,
} from '../../platform/ffmpeg/index.ts'
import { ListingBudget } from './budget.ts'
import { type FfprobeAnswer, ratio, type Stream } from './ffprobe-answer.ts'
import { declaredDuration, type LastFrame, lengthOfLast } from './metadata.ts'

export interface PictureEndCall {
  readonly answer: FfprobeAnswer
  readonly video: Stream
  /** Bytes are missing at the end: what the container says of it is not to be read. */
  readonly truncated: boolean
  readonly fileBytes: number
  readonly run: FfprobeRun
}

/** How much before the declared end the listing begins, seconds: more than the distance of two key frames. */
const END_SECONDS = 15

/**
 * When the last frame ends by the packets, as time stamp of the file, in seconds. Only the end of the file is read where
 * it is where the container says.
 * @returns null when no packet has a time.
 * @throws EngineError as `listWithFfprobe`; a damaged end is none.
 */
export async function pictureEnd(tools: FfmpegTools, path: string, call: PictureEndCall): Promise<number | null> {
  const { answer, video, truncated } = call
  const declared = declaredDuration(answer, video)
  const from = declared === null ? 0 : declared + (answer.format.start_time ?? 0) - END_SECONDS
  const atEnd = truncated || from <= 0 ? null : await endOfPackets(tools, path, call, [`${from.toFixed(3)}%`])
  const end = atEnd ?? (await endOfPackets(tools, path, call, []))
  return end && end.time + lengthOfLast(answer, video, end)
}

async function endOfPackets(
  tools: FfmpegTools,
  path: string,
  { video, fileBytes, run }: PictureEndCall,
  interval: readonly string[],
): Promise<LastFrame | null> {
  const budget = new ListingBudget(fileBytes)
  let [before, last] = [-Infinity, -Infinity]
  let duration = 0
  const onLine = (line: string): void => {
    const { time, lasting, size, isShown } = readPacket(line)
    budget.add(size)
    if (!isShown || time === null) return
    if (time > last) {
      before = last
      last = time
      duration = lasting
    } else if (time > before) before = time
  }
  const part = interval.length > 0 ? ['-read_intervals', ...interval] : []
  const entries = ['-show_entries', 'packet=pts,dts,duration,size,flags']
  await listWithFfprobe(tools, path, ['-select_streams', String(video.index), ...part, ...entries], { ...run, onLine })
    // A damaged end: what is before it is shown.
    .catch((error: unknown) => {
      if (!isRefusal(error) || isTooMuch(error)) throw error
    })
  if (last === -Infinity) return null
  const tick = ratio(video.time_base) ?? 0
  const since = before === -Infinity ? 0 : last - before
  return { time: last * tick, lasting: duration * tick, since: since * tick }
}

/** AVI has the times to decode frames at only. */
function readPacket(line: string) {
  const time = SHOWN_AT.exec(line)?.[1] ?? DECODED_AT.exec(line)?.[1]
  return {
    time: time === undefined ? null : Number(time),
    lasting: Number(LASTING.exec(line)?.[1] ?? 0),
    size: Number(SIZE.exec(line)?.[1] ?? 0),
    isShown: !DISCARDED.test(line),
  }
}

const SHOWN_AT = /\|pts=(-?\d+)/
const DECODED_AT = /\|dts=(-?\d+)/
const LASTING = /\|duration=(\d+)/
const SIZE = /\|size=(\d+)/
const DISCARDED = /\|flags=[^|]*D/
