import type { Colours } from './colours.ts'

/** What pictures and previews are written in; both in the colours of sRGB. */
export interface ColourTarget {
  readonly matrix: 'bt601' | 'bt709'
  readonly range: 'tv' | 'pc'
  readonly format: string
}

/** As every reader of JPEG takes it. */
export const JPEG: ColourTarget = { matrix: 'bt601', range: 'pc', format: 'yuvj420p' }

/** Of a copy that plays: the matrix of the original stays where players need no other conversion. */
export function videoTargetOf({ matrix, primaries, transfer }: Colours): ColourTarget {
  const isPlain = primaries === null && transfer === 'sdr' && matrix !== 'bt2020'
  return { matrix: isPlain ? (matrix ?? 'bt601') : 'bt709', range: 'tv', format: 'yuv420p' }
}

/** An encoder's options that say which colours a copy has: none is left to be guessed. */
export function tagsOf({ matrix, range }: ColourTarget): string[] {
  const name = SPACES[matrix]
  return ['-colorspace', name, '-color_primaries', name, '-color_trc', name, '-color_range', range]
}

/** The filter `colorspace` spells the matrices in its own way. */
const SPACES = { bt601: 'smpte170m', bt709: 'bt709', bt2020: 'bt2020ncl' } as const
const TRANSFERS = { sdr: 'srgb', pq: 'srgb', hlg: 'srgb', gamma22: 'gamma22', gamma28: 'gamma28' } as const

/**
 * A scaling that also turns the colours of any frame into those of the target, as Chromium shows them (AN-23). Light beyond
 * what a screen shows is compressed.
 * @param scale options of the filter `scale`, without colours.
 */
export function scaleWithColours(scale: string, colours: Colours, target: ColourTarget): string {
  const { matrix, range, primaries, transfer } = colours
  const from = matrix === null ? '' : `:in_color_matrix=${matrix}:in_range=${range}`
  const to = `out_color_matrix=${target.matrix}:out_range=${target.range}`
  if (primaries === null && transfer === 'sdr') return `scale=${scale}${from}:${to},format=${target.format}`
  const isHdr = transfer === 'pq' || transfer === 'hlg'
  const numbers = isHdr
    ? [`scale=${scale}${from}`, 'format=gbrp12', toneMap(transfer), 'scale=out_color_matrix=bt709:out_range=tv']
    : [`scale=${scale}${from}:out_color_matrix=bt709:out_range=tv`]
  const given = `ispace=bt709:iprimaries=${primaries ?? 'bt709'}:itrc=${TRANSFERS[transfer]}:irange=tv`
  const wanted = `space=${SPACES[target.matrix]}:primaries=bt709:trc=srgb:range=tv:format=yuv444p`
  return [
    ...[...numbers, 'format=yuv444p12', `colorspace=${given}:${wanted}`],
    ...[`scale=in_color_matrix=${target.matrix}:in_range=tv:${to}`, `format=${target.format}`],
  ].join(',')
}

/** Light of white paper, in cd/m², which a screen shows as its white (ITU-R BT.2408)… */
const PQ_WHITE = 203
/** …and the brightest light that is still told apart. */
const PQ_PEAK = 1000
/** The same in HLG, where 1 is the brightest: a signal of 75 %. */
const HLG_WHITE = 0.265
/** Below this share of white nothing is compressed: there a picture is as Chromium shows it. */
const UNCHANGED = 0.6

/** Each channel by itself through one table: from signal to light, compressed, to the signal of sRGB. */
function toneMap(transfer: 'pq' | 'hlg'): string {
  const light = transfer === 'pq' ? pqLight('val/maxval') : hlgLight('val/maxval')
  const peak = transfer === 'pq' ? PQ_PEAK / PQ_WHITE : 1 / HLG_WHITE
  const shown = `st(0,min(${light},${peak}));st(1,if(lt(ld(0),${UNCHANGED}),ld(0),${compressed('ld(0)', peak)}))`
  const signal = 'if(lt(ld(1),0.0031308),12.92*ld(1),1.055*pow(ld(1),1/2.4)-0.055)'
  const table = `'${shown};maxval*${signal}'`
  return `lutrgb=r=${table}:g=${table}:b=${table}`
}

/** SMPTE ST 2084, as a share of white. */
function pqLight(value: string): string {
  const root = `pow(${value},1/78.84375)`
  return `${10_000 / PQ_WHITE}*pow(max(${root}-0.8359375,0)/(18.8515625-18.6875*${root}),1/0.1593017578125)`
}

/** ITU-R BT.2100, as a share of white. */
function hlgLight(value: string): string {
  const light = `if(lt(${value},0.5),${value}*${value}/3,(exp((${value}-0.55991073)/0.17883277)+0.28466892)/12)`
  return `${light}/${HLG_WHITE}`
}

/** The curve "Möbius": smooth where it begins, and the peak becomes white. */
function compressed(value: string, peak: number): string {
  const j = UNCHANGED
  const a = (-j * j * (peak - 1)) / (j * j - 2 * j + peak)
  const b = (j * j - 2 * j * peak + peak) / (peak - 1)
  return `${(b * b + 2 * b * j + j * j) / (b - a)}*(${value}+${a})/(${value}+${b})`
}
