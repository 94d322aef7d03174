import type { Colours } from './colours.ts'
import { fromLight, toLight } from './transfer.ts'

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
  const name = matrix === 'bt601' ? 'smpte170m' : matrix
  return ['-colorspace', name, '-color_primaries', name, '-color_trc', name, '-color_range', range]
}

/** What of each primary goes into red, green and blue of sRGB, in light; from their chromaticities and white D65. */
const TO_SRGB = {
  bt2020: [1.6605, -0.5876, -0.0728, -0.1246, 1.1329, -0.0083, -0.0182, -0.1006, 1.1187],
  bt470bg: [1.0441, -0.0441, 0, 0, 1, 0, 0, 0.0119, 0.9881],
  p3: [1.2249, -0.2249, 0, -0.042, 1.042, 0, -0.0196, -0.0786, 1.0983],
} as const
const MIXED = ['rr', 'rg', 'rb', 'gr', 'gg', 'gb', 'br', 'bg', 'bb'] as const

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
  const shares = primaries === null ? [] : TO_SRGB[primaries].map((share, at) => `${MIXED[at]}=${share}`)
  return [
    `scale=${scale}${from}`,
    'format=gbrp14',
    eachChannel(toLight(transfer)),
    ...(shares.length > 0 ? [`colorchannelmixer=${shares.join(':')}`, 'format=gbrp14'] : []),
    ...[eachChannel(fromLight()), `scale=${to}`, `format=${target.format}`],
  ].join(',')
}

/** @param curve an expression of `val/maxval`, 0..1. */
function eachChannel(curve: string): string {
  return `lutrgb=${['r', 'g', 'b'].map((channel) => `${channel}='maxval*(${curve})'`).join(':')}`
}
