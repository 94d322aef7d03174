import { listWithFfprobe, type FfmpegTools, type FfprobeListing } from '../../platform/ffmpeg/index.ts'

/** One packet of the picture, in the order of the file. */
export interface Packet {
  /** When it is shown, in ticks of the stream; null where the container does not say. */
  readonly ticks: number | null
  /** How long it is shown, ticks; 0 where the container does not say. */
  readonly lasting: number
  readonly isKey: boolean
  /** An edit list takes it out. */
  readonly isDiscarded: boolean
}

export interface PacketList {
  readonly packets: readonly Packet[]
  /** Seconds in a tick, as a fraction. */
  readonly timeBase: readonly [over: number, under: number] | null
  readonly codec: string | null
}

const SECTIONS = ['-select_streams', 'V:0', '-show_entries', 'packet=pts,duration,flags:stream=codec_name,time_base']

/**
 * Lists the packets of the picture without decoding one.
 * @throws EngineError `media_failed`, `cancelled`.
 */
export async function readPackets(
  tools: FfmpegTools,
  path: string,
  run: Omit<FfprobeListing, 'onLine'>,
): Promise<PacketList> {
  const packets: Packet[] = []
  const found = { timeBase: null as PacketList['timeBase'], codec: null as string | null }
  const onLine = (line: string): void => {
    if (line.startsWith('packet|')) packets.push(packetOf(line))
    else if (line.startsWith('stream|')) {
      const base = /\|time_base=(\d+)\/(\d+)/.exec(line)
      if (base) found.timeBase = [Number(base[1]), Number(base[2])]
      found.codec = /\|codec_name=(\w+)/.exec(line)?.[1] ?? null
    }
  }
  await listWithFfprobe(tools, path, SECTIONS, { ...run, onLine })
  return { packets, ...found }
}

const PTS = /\|pts=(-?\d+)/
const DURATION = /\|duration=(\d+)/
const FLAGS = /\|flags=([^|]*)/

function packetOf(line: string): Packet {
  const ticks = PTS.exec(line)?.[1]
  const flags = FLAGS.exec(line)?.[1] ?? ''
  return {
    ticks: ticks === undefined ? null : Number(ticks),
    lasting: Number(DURATION.exec(line)?.[1] ?? 0),
    isKey: flags.includes('K'),
    isDiscarded: flags.includes('D'),
  }
}
