import { ListingBudget } from './budget.ts'
import { FrameTicks } from './frame-ticks.ts'
import { listWithFfprobe, type FfmpegTools, type FfprobeListing } from '../../platform/ffmpeg/index.ts'

/** The packets of the video stream that are shown, in display order. */
export interface PacketList {
  /** Times in ticks of the stream, ascending, and which of them are keys. */
  readonly ticks: FrameTicks
  /** How long the last one is shown, ticks; 0 where the container does not say. */
  readonly lastTicks: number
  /** How many are shown, including those of unknown time. */
  readonly count: number
  /** Whether the times of all frames are certain: all different, and the first one is a key. */
  readonly isCertain: boolean
  /** Seconds in a tick, as a fraction. */
  readonly timeBase: readonly [over: number, under: number] | null
  readonly codec: string | null
}

const ENTRIES = 'packet=pts,duration,size,flags:stream=codec_name,time_base'

/** A file, and the stream of its picture as ffmpeg counts. */
export interface PacketSource {
  readonly path: string
  readonly stream: number
  /** Size of the file. */
  readonly fileBytes: number
}

/**
 * Lists the packets of the picture without decoding. They are sorted as they arrive, so that hours of video need no
 * long pause at the end.
 * @throws EngineError `media_failed`, `cancelled`, `invalid_video` when the file claims what is impossible.
 */
export async function readPackets(
  tools: FfmpegTools,
  { path, stream, fileBytes }: PacketSource,
  run: Omit<FfprobeListing, 'onLine'>,
): Promise<PacketList> {
  const packets = new PacketsInOrder(new ListingBudget(fileBytes))
  const found = { timeBase: null as PacketList['timeBase'], codec: null as string | null }
  const onLine = (line: string): void => {
    if (line.startsWith('packet|')) packets.add(line)
    else if (line.startsWith('stream|')) {
      const base = /\|time_base=(\d+)\/(\d+)/.exec(line)
      if (base) found.timeBase = [Number(base[1]), Number(base[2])]
      found.codec = /\|codec_name=(\w+)/.exec(line)?.[1] ?? null
    }
  }
  const sections = ['-select_streams', String(stream), '-show_entries', ENTRIES]
  await listWithFfprobe(tools, path, sections, { ...run, onLine })
  const { ticks, lastTicks, count, isCertain } = packets
  return { ticks, lastTicks, count, isCertain, ...found }
}

const PTS = /\|pts=(-?\d+)/
const DURATION = /\|duration=(\d+)/
const SIZE = /\|size=(\d+)/
const FLAGS = /\|flags=([^|]*)/

class PacketsInOrder {
  readonly ticks = new FrameTicks()
  count = 0
  lastTicks = 0
  isCertain = true
  #first: number | null = null

  constructor(private readonly budget: ListingBudget) {}

  add(line: string): void {
    this.budget.add(Number(SIZE.exec(line)?.[1] ?? 0))
    const flags = FLAGS.exec(line)?.[1] ?? ''
    const isKey = flags.includes('K')
    const pts = PTS.exec(line)?.[1]
    const ticks = pts === undefined ? null : Number(pts)
    if (this.#first === null) {
      // A frame before the first key is not shown, or is shown broken.
      this.isCertain = isKey && ticks !== null
      this.#first = ticks ?? -Infinity
    }
    // Packets that the edit list removes are decoded, because others need them, but not shown.
    if (flags.includes('D')) return
    this.count += 1
    if (ticks === null || ticks < this.#first) this.isCertain = false
    if (ticks === null) return
    this.#put(ticks, Number(DURATION.exec(line)?.[1] ?? 0), isKey)
  }

  /** Decoding order and display order differ by a few frames only: places are near the end. */
  #put(ticks: number, lasting: number, isKey: boolean): void {
    let at = this.ticks.count
    while (at > 0 && (this.ticks.at(at - 1) ?? 0) > ticks) at -= 1
    if (this.ticks.at(at - 1) === ticks) this.isCertain = false
    if (at === this.ticks.count) this.lastTicks = lasting
    this.ticks.insert(at, ticks, isKey)
  }
}
