import { EngineError } from '../../contract/errors.ts'
import { FrameIndex } from '../../contract/frame-index.ts'
import { FrameTimes, inputArguments, isRefusal, runFfmpeg, type FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { readPackets, type Packet, type PacketList } from './packets.ts'

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
function fromPackets({ packets, timeBase, codec }: PacketList, call: FrameIndexCall): FrameIndex | null {
  if (timeBase === null || codec === null || HIDING_CODECS.has(codec)) return null
  // A frame that comes before the first one a decoder can begin with is not shown, or shown broken.
  const first = packets[0]
  if (!first?.isKey || first.ticks === null) return null
  // Packets that the edit list takes out are decoded, because others build on them, and not shown.
  const shown = packets.filter(({ isDiscarded }) => !isDiscarded)
  for (const { ticks } of shown) if (ticks === null || ticks < first.ticks) return null
  const inOrder = shown.toSorted((a, b) => (a.ticks ?? 0) - (b.ticks ?? 0))
  if (inOrder.some(({ ticks }, index) => ticks === inOrder[index - 1]?.ticks)) return null
  return indexOf(inOrder, timeBase, shiftOf(call, timeBase))
}

/** The packets' clock counts from where the container says; the player's from the start of the file. */
function shiftOf({ startSeconds }: FrameIndexCall, [over, under]: readonly [number, number]): number {
  // As ffmpeg shifts, to whole ticks: pictures and scenes are timed by it.
  return -Math.round((startSeconds * under) / over)
}

function indexOf(inOrder: readonly Packet[], [over, under]: readonly [number, number], shift: number) {
  const last = inOrder.at(-1)
  if (!last) return null
  const ticks = inOrder.map((packet) => (packet.ticks ?? 0) + shift)
  return new FrameIndex({
    ticks,
    ticksPerSecond: [under, over],
    lastTicks: last.lasting || (ticks.at(-1) ?? 0) - (ticks.at(-2) ?? (ticks.at(-1) ?? 0) - 1),
    keys: new Set(inOrder.flatMap(({ isKey }, frame) => (isKey ? [frame] : []))),
  })
}

/** Every frame that a decoder gives; of the pictures only a corner is looked at, which costs nothing beside decoding. */
async function byDecoding(
  tools: FfmpegTools,
  path: string,
  list: PacketList | null,
  { signal }: FrameIndexCall,
): Promise<FrameIndex> {
  const decoded: Packet[] = []
  let timeBase: readonly [number, number] | null = null
  const frames = new FrameTimes((seconds, lasting) => {
    const [over, under] = (timeBase = frames.timeBase)
    const ticks = Math.round((seconds * under) / over)
    // A frame that does not move the clock on is never on screen: the one before it is still due.
    if (ticks > (decoded.at(-1)?.ticks ?? -Infinity)) {
      decoded.push({ ticks, lasting: Math.round((lasting * under) / over), isKey: false, isDiscarded: false })
    }
  })
  const args = [
    ...inputArguments(path, ['-skip_loop_filter', 'all']),
    ...['-map', '0:V:0', '-vf', 'crop=16:16:0:0', ...tools.keepFrameTimes, '-enc_time_base', '-1'],
    ...['-f', 'framecrc', 'pipe:1'],
  ]
  const run = { signal, silenceLimitMs: SILENCE_LIMIT_MS, onStdout: frames.add }
  await runFfmpeg(tools, args, run).catch((error: unknown) => {
    if (!isRefusal(error) || decoded.length === 0) throw error
  })
  const index = timeBase && indexOf(withKeys(decoded, list), timeBase, 0)
  if (index) return index
  throw new EngineError('media_failed', 'No picture could be read from this video.')
}

/** Keys are the packets' to tell; where frames and packets are not one to one, only the first is certain. */
function withKeys(decoded: readonly Packet[], list: PacketList | null): readonly Packet[] {
  const shown = list?.packets.filter(({ isDiscarded }) => !isDiscarded) ?? []
  const oneToOne = shown.length === decoded.length && shown.every(({ ticks }) => ticks !== null)
  const inOrder = oneToOne ? shown.toSorted((a, b) => (a.ticks ?? 0) - (b.ticks ?? 0)) : []
  return decoded.map((frame, index) => ({ ...frame, isKey: inOrder[index]?.isKey ?? index === 0 }))
}
