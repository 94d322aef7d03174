import { stat } from 'node:fs/promises'
import { EngineError } from '../../contract/errors.ts'
import { FrameIndex } from '../../contract/media/frame-index.ts'
import { FrameSet } from '../../contract/media/frame-set.ts'
import {
  FrameTimes,
  inputArguments,
  isRefusal,
  isTooMuch,
  memoryFor,
  pictureStream,
  runFfmpeg,
  type FfmpegTools,
  type FfprobeRun,
} from '../../platform/ffmpeg/index.ts'
import { MOST_FRAMES, tooManyFrames } from './budget.ts'
import { FrameTicks } from './frame-ticks.ts'
import { type LastFrame, lengthOfLast } from './metadata.ts'
import { readPackets, type PacketList } from './packets.ts'
import { isWhole } from './probe.ts'
import { readTracks } from './tracks.ts'

export interface FrameIndexCall {
  /** Time stamp at which the player's clock reads 0, in seconds, as `probeVideo` found it. */
  startSeconds: number
  /** Of one frame; unknown counts as many. */
  pixels?: number | null | undefined
  signal?: AbortSignal | undefined
}

const SILENCE_LIMIT_MS = 60_000
/** VP8 and MPEG-4 have packets that show no frame, or two: only decoding shows which are. */
const HIDING_CODECS = new Set(['vp8', 'mpeg4', 'msmpeg4v3', 'vc1', 'wmv3'])

/**
 * The frame index of a video: from its packets where they are certain, which costs no more than reading the file; else by
 * decoding all of it.
 * @throws EngineError `media_failed` when there is no frame, `cancelled`.
 */
export async function readFrameIndex(tools: FfmpegTools, path: string, call: FrameIndexCall): Promise<FrameIndex> {
  const { size } = await stat(path)
  const run = {
    signal: call.signal,
    silenceLimitMs: SILENCE_LIMIT_MS,
    memoryBytes: memoryFor(call.pixels ?? null, size),
  }
  const picture = await choosePicture(tools, path, run)
  const list = await readPackets(tools, { path, stream: picture.stream, fileBytes: size }, run).catch(
    (error: unknown) => {
      // A damaged end: what decodes before it is shown anyway.
      if (!isRefusal(error) || isTooMuch(error)) throw error
      return null
    },
  )
  // Of a truncated file the last packets are there in part, or need others that are not.
  const known = list && (await isWhole(path)) !== false ? fromPackets(list, picture, call) : null
  return known ?? (await byDecoding(tools, path, picture, list, call, run))
}

/** The picture of a file that is indexed. */
interface Picture {
  readonly stream: number
  /** How long the last frame is shown, by what is known of it, seconds. */
  readonly lengthOfLast: (last: LastFrame) => number
}

async function choosePicture(tools: FfmpegTools, path: string, run: FfprobeRun): Promise<Picture> {
  const { answer, video } = await readTracks(tools, path, run)
  if (!video) throw new EngineError('media_failed', 'This file holds no video.')
  return { stream: video.index, lengthOfLast: (last) => lengthOfLast(answer, video, last) }
}

/** @returns null when the packets do not tell for certain which frames are shown, or when. */
function fromPackets(list: PacketList, picture: Picture, call: FrameIndexCall): FrameIndex | null {
  const { ticks, lastTicks, isCertain, timeBase, codec } = list
  if (timeBase === null || codec === null || HIDING_CODECS.has(codec) || !isCertain) return null
  const keys = new FrameSet(ticks.count)
  for (let frame = 0; frame < ticks.count; frame += 1) if (ticks.isKey(frame)) keys.add(frame)
  return indexOf({ ticks, lastTicks, keys, timeBase, shift: shiftOf(call, timeBase) }, picture)
}

/** From the packets' clock to the player's, which begins at 0. */
function shiftOf({ startSeconds }: FrameIndexCall, [over, under]: readonly [number, number]): number {
  // In whole ticks, as ffmpeg shifts: it gives the times of pictures and scenes.
  return -Math.round((startSeconds * under) / over)
}

interface Timed {
  ticks: FrameTicks
  /** 0 for unknown. */
  lastTicks: number
  keys: FrameSet
  timeBase: readonly [over: number, under: number]
  /** Added to all of `ticks`. */
  shift: number
}

function indexOf({ ticks, lastTicks, keys, timeBase, shift }: Timed, picture: Picture): FrameIndex | null {
  const [over, under] = timeBase
  const { last } = ticks
  if (last === undefined) return null
  const [time, lasting, since] = [last, lastTicks, last - (ticks.at(ticks.count - 2) ?? last)].map(
    (count) => (count * over) / under,
  )
  const shown = picture.lengthOfLast({ time: time ?? 0, lasting: lasting ?? 0, since: since ?? 0 })
  return new FrameIndex({
    ticks: ticks.shifted(shift),
    ticksPerSecond: [under, over],
    lastTicks: Math.max(1, Math.round((shown * under) / over)),
    keys,
    stream: picture.stream,
  })
}

/** Every frame that a decoder gives; cropped to a corner, which costs nothing in comparison with decoding. */
async function byDecoding(
  tools: FfmpegTools,
  path: string,
  picture: Picture,
  list: PacketList | null,
  call: FrameIndexCall,
  run: { signal: AbortSignal | undefined; silenceLimitMs: number; memoryBytes: number },
): Promise<FrameIndex> {
  const decoded = new FrameTicks()
  let lastTicks = 0
  let timeBase: readonly [number, number] | null = null
  const frames = new FrameTimes((seconds, lasting) => {
    const [over, under] = (timeBase = frames.timeBase)
    const ticks = Math.round((seconds * under) / over)
    // A frame at the time of the one before is never shown.
    if (ticks <= (decoded.last ?? -Infinity)) return
    if (decoded.count === MOST_FRAMES) throw tooManyFrames(decoded.count + 1)
    decoded.push(ticks)
    lastTicks = Math.round((lasting * under) / over)
  })
  const args = [
    ...inputArguments(path, ['-skip_loop_filter', 'all']),
    ...[
      '-map',
      pictureStream(picture.stream),
      '-vf',
      'crop=16:16:0:0',
      ...tools.keepFrameTimes,
      '-enc_time_base',
      '-1',
    ],
    ...['-f', 'framecrc', 'pipe:1'],
  ]
  await runFfmpeg(tools, args, { ...run, onStdout: frames.add }).catch((error: unknown) => {
    if (!isRefusal(error) || decoded.count === 0) throw error
  })
  const keys = keysOf(decoded, timeBase ?? [0, 1], list, call)
  const index = timeBase && indexOf({ ticks: decoded, lastTicks, keys, timeBase, shift: 0 }, picture)
  if (index) return index
  throw new EngineError('media_failed', 'No picture could be read from this video.')
}

/**
 * Key frames as the packets tell them: by position, or, where some packets show nothing, by time. Without either, only the
 * first is certain.
 */
function keysOf(
  decoded: FrameTicks,
  [over, under]: readonly [over: number, under: number],
  list: PacketList | null,
  call: FrameIndexCall,
): FrameSet {
  const keys = new FrameSet(decoded.count)
  keys.add(0)
  if (!list) return keys
  const { ticks, timeBase } = list
  const oneToOne = list.count === decoded.count && ticks.count === decoded.count
  if (oneToOne) {
    for (let frame = 0; frame < ticks.count; frame += 1) if (ticks.isKey(frame)) keys.add(frame)
  } else if (timeBase) {
    const shift = shiftOf(call, timeBase)
    const timeOf = (packet: number): number =>
      Math.round((((ticks.at(packet) ?? 0) + shift) * timeBase[0] * under) / timeBase[1] / over)
    // Both lists are sorted: each is read once.
    for (let packet = 0, frame = 0; packet < ticks.count; packet += 1) {
      if (!ticks.isKey(packet)) continue
      const time = timeOf(packet)
      while (frame < decoded.count && (decoded.at(frame) ?? 0) < time) frame += 1
      if (decoded.at(frame) === time) keys.add(frame)
    }
  }
  return keys
}
