import { listWithFfprobe, type FfmpegTools, type FfprobeListing } from '../../platform/ffmpeg/index.ts'

/** The packets of the picture that are shown, in the order they are shown in. */
export interface PacketList {
  /** When each is shown, in ticks of the stream, ascending. */
  readonly ticks: readonly number[]
  /** Those of them at which decoding can begin. */
  readonly keyTicks: ReadonlySet<number>
  /** How long the last one is shown, ticks; 0 where the container does not say. */
  readonly lastTicks: number
  /** How many are shown, those whose time is unknown among them. */
  readonly count: number
  /** Whether the packets tell for certain when each is shown, each at a time of its own, from a key on. */
  readonly isCertain: boolean
  /** Seconds in a tick, as a fraction. */
  readonly timeBase: readonly [over: number, under: number] | null
  readonly codec: string | null
}

const SECTIONS = ['-select_streams', 'V:0', '-show_entries', 'packet=pts,duration,flags:stream=codec_name,time_base']

/**
 * Lists the packets of the picture without decoding one. They are put in order as they come: of hours of film nothing
 * is left to be done at once in the end.
 * @throws EngineError `media_failed`, `cancelled`.
 */
export async function readPackets(
  tools: FfmpegTools,
  path: string,
  run: Omit<FfprobeListing, 'onLine'>,
): Promise<PacketList> {
  const packets = new PacketsInOrder()
  const found = { timeBase: null as PacketList['timeBase'], codec: null as string | null }
  const onLine = (line: string): void => {
    if (line.startsWith('packet|')) packets.add(line)
    else if (line.startsWith('stream|')) {
      const base = /\|time_base=(\d+)\/(\d+)/.exec(line)
      if (base) found.timeBase = [Number(base[1]), Number(base[2])]
      found.codec = /\|codec_name=(\w+)/.exec(line)?.[1] ?? null
    }
  }
  await listWithFfprobe(tools, path, SECTIONS, { ...run, onLine })
  const { ticks, keyTicks, lastTicks, count, isCertain } = packets
  return { ticks, keyTicks, lastTicks, count, isCertain, ...found }
}

const PTS = /\|pts=(-?\d+)/
const DURATION = /\|duration=(\d+)/
const FLAGS = /\|flags=([^|]*)/

class PacketsInOrder {
  readonly ticks: number[] = []
  readonly keyTicks = new Set<number>()
  count = 0
  lastTicks = 0
  isCertain = true
  #first: number | null = null

  add(line: string): void {
    const flags = FLAGS.exec(line)?.[1] ?? ''
    const isKey = flags.includes('K')
    const pts = PTS.exec(line)?.[1]
    const ticks = pts === undefined ? null : Number(pts)
    if (this.#first === null) {
      // A frame that comes before the first one a decoder can begin with is not shown, or shown broken.
      this.isCertain = isKey && ticks !== null
      this.#first = ticks ?? -Infinity
    }
    // Packets that the edit list takes out are decoded, because others build on them, and not shown.
    if (flags.includes('D')) return
    this.count += 1
    if (ticks === null || ticks < this.#first) this.isCertain = false
    if (ticks === null) return
    if (isKey) this.keyTicks.add(ticks)
    this.#put(ticks, Number(DURATION.exec(line)?.[1] ?? 0))
  }

  /** Frames are decoded at most a few before they are shown: their places are near the end. */
  #put(ticks: number, lasting: number): void {
    let at = this.ticks.length
    while (at > 0 && (this.ticks[at - 1] ?? 0) > ticks) at -= 1
    if (this.ticks[at - 1] === ticks) this.isCertain = false
    if (at === this.ticks.length) {
      this.ticks.push(ticks)
      this.lastTicks = lasting
    } else this.ticks.splice(at, 0, ticks)
  }
}
