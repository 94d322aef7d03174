import { EngineError } from '../../contract/errors.ts'
import { FrameIndex } from '../../contract/frame-index.ts'
import { FrameTimes, inputArguments, isRefusal, runFfmpeg, type FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { readPackets, type PacketList } from './packets.ts'

export interface FrameIndexCall {
  /** Time stamp at which the player's clock reads 0, in seconds, as `probeVideo` found it. */
  startSeconds: number
  signal?: AbortSignal | undefined
}

const SILENCE_LIMIT_MS = 60_000
/** VP8 and MPEG-4 hide frames in packets of their own, or two frames in one: only decoding tells which are shown. */
const HIDING_CODECS = new Set(['vp8', 'mpeg4', 'msmpeg4v3', 'vc1', 'wmv3'])

/**
 * When each frame of a video is shown: from its packets alone where these tell it for certain, which costs no more than
 * reading the file, else by decoding it all.
 * @throws EngineError `media_failed` when there is no frame, `cancelled`.
 */
export async function readFrameIndex(tools: FfmpegTools, path: string, call: FrameIndexCall): Promise<FrameIndex> {
  const list = await readPackets(tools, path, { signal: call.signal, silenceLimitMs: SILENCE_LIMIT_MS }).catch(
    (error: unknown) => {
      // A damaged end: what decodes before it is shown all the same.
      if (!isRefusal(error)) throw error
      return null
    },
  )
  return (list && fromPackets(list, call)) ?? (await byDecoding(tools, path, list, call))
}

/** @returns null when the packets leave it open which frames are shown, or when. */
function fromPackets(list: PacketList, call: FrameIndexCall): FrameIndex | null {
  const { ticks, keyTicks, lastTicks, isCertain, timeBase, codec } = list
  if (timeBase === null || codec === null || HIDING_CODECS.has(codec) || !isCertain) return null
  const keys = new Set<number>()
  for (const [frame, tick] of ticks.entries()) if (keyTicks.has(tick)) keys.add(frame)
  return indexOf({ ticks, lastTicks, keys, timeBase, shift: shiftOf(call, timeBase) })
}

/** The packets' clock counts from where the container says; the player's from the start of the file. */
function shiftOf({ startSeconds }: FrameIndexCall, [over, under]: readonly [number, number]): number {
  // As ffmpeg shifts, to whole ticks: pictures and scenes are timed by it.
  return -Math.round((startSeconds * under) / over)
}

interface Timed {
  ticks: readonly number[]
  /** 0 for unknown. */
  lastTicks: number
  keys: ReadonlySet<number>
  timeBase: readonly [over: number, under: number]
  /** Added to all of `ticks`. */
  shift: number
}

function indexOf({ ticks, lastTicks, keys, timeBase: [over, under], shift }: Timed): FrameIndex | null {
  const last = ticks.at(-1)
  if (last === undefined) return null
  return new FrameIndex({
    ticks: shift === 0 ? ticks : ticks.map((tick) => tick + shift),
    ticksPerSecond: [under, over],
    lastTicks: lastTicks || last - (ticks.at(-2) ?? last - 1),
    keys,
  })
}

/** Every frame that a decoder gives; of the pictures only a corner is looked at, which costs nothing beside decoding. */
async function byDecoding(
  tools: FfmpegTools,
  path: string,
  list: PacketList | null,
  call: FrameIndexCall,
): Promise<FrameIndex> {
  const decoded: number[] = []
  let lastTicks = 0
  let timeBase: readonly [number, number] | null = null
  const frames = new FrameTimes((seconds, lasting) => {
    const [over, under] = (timeBase = frames.timeBase)
    const ticks = Math.round((seconds * under) / over)
    // A frame that does not move the clock on is never on screen: the one before it is still due.
    if (ticks <= (decoded.at(-1) ?? -Infinity)) return
    decoded.push(ticks)
    lastTicks = Math.round((lasting * under) / over)
  })
  const args = [
    ...inputArguments(path, ['-skip_loop_filter', 'all']),
    ...['-map', '0:V:0', '-vf', 'crop=16:16:0:0', ...tools.keepFrameTimes, '-enc_time_base', '-1'],
    ...['-f', 'framecrc', 'pipe:1'],
  ]
  const run = { signal: call.signal, silenceLimitMs: SILENCE_LIMIT_MS, onStdout: frames.add }
  await runFfmpeg(tools, args, run).catch((error: unknown) => {
    if (!isRefusal(error) || decoded.length === 0) throw error
  })
  const keys = keysOf(decoded, timeBase ?? [0, 1], list, call)
  const index = timeBase && indexOf({ ticks: decoded, lastTicks, keys, timeBase, shift: 0 })
  if (index) return index
  throw new EngineError('media_failed', 'No picture could be read from this video.')
}

/**
 * Keys are the packets' to tell: one to one, or, where some packets show nothing, by the time of each. Where neither
 * tells, only the first is certain.
 */
function keysOf(
  decoded: readonly number[],
  [over, under]: readonly [over: number, under: number],
  list: PacketList | null,
  call: FrameIndexCall,
): ReadonlySet<number> {
  const keys = new Set([0])
  if (!list) return keys
  const { keyTicks, timeBase } = list
  const oneToOne = list.count === decoded.length && list.ticks.length === decoded.length
  if (oneToOne) {
    for (const [frame, tick] of list.ticks.entries()) if (keyTicks.has(tick)) keys.add(frame)
  } else if (timeBase) {
    const shift = shiftOf(call, timeBase)
    const times = new Set(
      [...keyTicks].map((tick) => Math.round(((tick + shift) * timeBase[0] * under) / timeBase[1] / over)),
    )
    for (const [frame, tick] of decoded.entries()) if (times.has(tick)) keys.add(frame)
  }
  return keys
}
