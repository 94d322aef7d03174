import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import type { Stream } from './ffprobe-answer.ts'
import { type DisplaySize, displaySizeOf } from './display.ts'
import { readTracks } from './tracks.ts'

/** How the numbers of a frame become colours, as Chromium takes them (AN-23). */
export interface Colours {
  /** From Y'CbCr to R'G'B'; null where the frames are R'G'B' already. */
  readonly matrix: 'bt601' | 'bt709' | 'bt2020' | null
  readonly range: 'tv' | 'pc'
  /** Which red, green and blue are meant; null for those of sRGB. */
  readonly primaries: 'bt2020' | 'bt470bg' | 'p3' | null
  /** How light grows with the numbers: `sdr` stands for the curves of BT.709 and sRGB, which players take for one. */
  readonly transfer: 'sdr' | 'gamma22' | 'gamma28' | 'linear' | 'pq' | 'hlg'
  /** The video's displayed size: pictures have its shape, also where frames of another size follow. */
  readonly shape?: DisplaySize | null | undefined
}

const MATRICES: Readonly<Record<string, Colours['matrix']>> = {
  bt709: 'bt709',
  bt2020nc: 'bt2020',
  bt2020c: 'bt2020',
  gbr: null,
}
/** Those that Chromium does not convert are left out: SMPTE 170M and 240M count as sRGB's. */
const PRIMARIES: Readonly<Record<string, Colours['primaries']>> = {
  bt2020: 'bt2020',
  bt470bg: 'bt470bg',
  smpte431: 'p3',
  smpte432: 'p3',
}
const TRANSFERS: Readonly<Record<string, Colours['transfer']>> = {
  smpte2084: 'pq',
  'arib-std-b67': 'hlg',
  bt470m: 'gamma22',
  gamma22: 'gamma22',
  bt470bg: 'gamma28',
  gamma28: 'gamma28',
  linear: 'linear',
}
/** From this height on, Chromium takes a video that does not say for BT.709. */
const HD_HEIGHT = 720
/** Of these it asks the stream itself, which says BT.601 when it says nothing. */
const NOT_GUESSED: ReadonlySet<string> = new Set(['vp9', 'av1'])

/** What a video's colours mean. One that leaves any of its three tags open is guessed, as Chromium does. */
export function coloursOf(stream: Stream): Colours {
  const { color_space: space, color_primaries: primaries, color_transfer: transfer, pix_fmt: format = '' } = stream
  const range = stream.color_range === 'pc' || format.startsWith('yuvj') ? 'pc' : 'tv'
  const isRgb = /^(gbr|rgb|bgr|argb|abgr|pal8|0rgb|0bgr|x2)/.test(format)
  if (!isTagged(space) || !isTagged(primaries) || !isTagged(transfer)) {
    const isHd = (stream.height ?? 0) >= HD_HEIGHT && range === 'tv' && !NOT_GUESSED.has(stream.codec_name ?? '')
    return { matrix: isRgb ? null : isHd ? 'bt709' : 'bt601', range, primaries: null, transfer: 'sdr' }
  }
  const matrix = MATRICES[space]
  return {
    matrix: isRgb ? null : matrix === undefined ? 'bt601' : matrix,
    range,
    primaries: PRIMARIES[primaries] ?? null,
    transfer: TRANSFERS[transfer] ?? 'sdr',
  }
}

function isTagged(tag: string | undefined): tag is string {
  return tag !== undefined && tag !== 'unknown' && tag !== 'unspecified' && tag !== 'reserved'
}

/** @throws EngineError as `readTracks` does. */
export async function readColours(tools: FfmpegTools, path: string, signal?: AbortSignal): Promise<Colours> {
  const { video } = await readTracks(tools, path, { signal })
  return video
    ? { ...coloursOf(video), shape: displaySizeOf(video) }
    : { matrix: 'bt601', range: 'tv', primaries: null, transfer: 'sdr' }
}
