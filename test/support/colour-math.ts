/** Red, green and blue; or Y', Cb and Cr. */
export type Three = readonly [number, number, number]

/** Weights of red and blue in Y' (ITU-R BT.601, BT.709, BT.2020). */
const LUMA = { bt601: [0.299, 0.114], bt709: [0.2126, 0.0722], bt2020: [0.2627, 0.0593] } as const

export interface Coding {
  /** `rgb`: no matrix, the planes are green, blue, red. */
  readonly matrix: keyof typeof LUMA | 'rgb'
  readonly full: boolean
  readonly bits: 8 | 10
}

/** Code of 0, and how many codes there are from 0 to 1, of Y' (or a colour) and of a colour difference. */
function scaleOf({ full, bits }: Coding): { zero: number; one: number; middle: number; chroma: number } {
  const step = 2 ** (bits - 8)
  const middle = 128 * step
  if (full) return { zero: 0, one: 2 ** bits - 1, middle, chroma: 2 ** bits - 1 }
  return { zero: 16 * step, one: 219 * step, middle, chroma: 224 * step }
}

/** Whole codes of a signal of 0..1: Y', Cb, Cr, or green, blue, red. */
export function codesOf([red, green, blue]: Three, coding: Coding): Three {
  const { zero, one, middle, chroma } = scaleOf(coding)
  if (coding.matrix === 'rgb') return whole([zero + one * green, zero + one * blue, zero + one * red])
  const [kr, kb] = LUMA[coding.matrix]
  const luma = kr * red + (1 - kr - kb) * green + kb * blue
  const [cb, cr] = [(blue - luma) / (2 - 2 * kb), (red - luma) / (2 - 2 * kr)]
  return whole([zero + one * luma, middle + chroma * cb, middle + chroma * cr])
}

function whole([a, b, c]: Three): Three {
  return [Math.round(a), Math.round(b), Math.round(c)]
}

/** The reverse: what the codes mean, each 0..1. */
export function signalOf([first, second, third]: Three, coding: Coding): Three {
  const { zero, one, middle, chroma } = scaleOf(coding)
  if (coding.matrix === 'rgb') return clip([(third - zero) / one, (first - zero) / one, (second - zero) / one])
  const [kr, kb] = LUMA[coding.matrix]
  const [luma, cb, cr] = [(first - zero) / one, (second - middle) / chroma, (third - middle) / chroma]
  const [red, blue] = [luma + (2 - 2 * kr) * cr, luma + (2 - 2 * kb) * cb]
  return clip([red, (luma - kr * red - kb * blue) / (1 - kr - kb), blue])
}

function clip([a, b, c]: Three): Three {
  const one = (value: number): number => Math.min(1, Math.max(0, value))
  return [one(a), one(b), one(c)]
}

/** Chromaticities x, y of red, green, blue; white is D65 in all of them. */
const PRIMARIES = {
  bt709: [0.64, 0.33, 0.3, 0.6, 0.15, 0.06],
  bt470bg: [0.64, 0.33, 0.29, 0.6, 0.15, 0.06],
  bt2020: [0.708, 0.292, 0.17, 0.797, 0.131, 0.046],
  p3: [0.68, 0.32, 0.265, 0.69, 0.15, 0.06],
} as const
const WHITE = [0.3127, 0.329] as const

type Matrix = readonly [Three, Three, Three]

const xyz = (x: number, y: number): Three => [x / y, 1, (1 - x - y) / y]

function times(rows: Matrix, [a, b, c]: Three): Three {
  const sum = (row: Three): number => row[0] * a + row[1] * b + row[2] * c
  return [sum(rows[0]), sum(rows[1]), sum(rows[2])]
}

function inverse([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const by = 1 / (a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g))
  return [
    [(e * i - f * h) * by, (c * h - b * i) * by, (b * f - c * e) * by],
    [(f * g - d * i) * by, (a * i - c * g) * by, (c * d - a * f) * by],
    [(d * h - e * g) * by, (b * g - a * h) * by, (a * e - b * d) * by],
  ]
}

/** From light of these primaries to CIE XYZ. */
function toXyz(name: keyof typeof PRIMARIES): Matrix {
  const [rx, ry, gx, gy, bx, by] = PRIMARIES[name]
  const [r, g, b] = [xyz(rx, ry), xyz(gx, gy), xyz(bx, by)]
  const columns: Matrix = [
    [r[0], g[0], b[0]],
    [r[1], g[1], b[1]],
    [r[2], g[2], b[2]],
  ]
  const shares = times(inverse(columns), xyz(...WHITE))
  const scaled = ([one, two, three]: Three): Three => [one * shares[0], two * shares[1], three * shares[2]]
  return [scaled(columns[0]), scaled(columns[1]), scaled(columns[2])]
}

/** From a signal to light as a share of the white of a screen: 203 cd/m² of PQ, 75 % of HLG's signal (ITU-R BT.2408). */
export const LIGHT = {
  srgb: (signal: number) => (signal <= 0.04045 ? signal / 12.92 : ((signal + 0.055) / 1.055) ** 2.4),
  gamma22: (signal: number) => signal ** 2.2,
  gamma28: (signal: number) => signal ** 2.8,
  linear: (signal: number) => signal,
  pq: (signal: number) => {
    const root = signal ** (1 / 78.84375)
    return ((Math.max(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578125) * 10_000) / 203
  },
  hlg: (signal: number) => hlgScene(signal) / hlgScene(0.75),
} as const

function hlgScene(signal: number): number {
  return signal <= 0.5 ? signal ** 2 / 3 : (Math.exp((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12
}

/** What sRGB shows of a signal, 0..255. */
export function shown(signal: Three, primaries: keyof typeof PRIMARIES, transfer: keyof typeof LIGHT): Three {
  const light = signal.map(LIGHT[transfer]) as unknown as Three
  const seen = clip(times(inverse(toXyz('bt709')), times(toXyz(primaries), light)))
  return seen.map(
    (one) => 255 * (one <= 0.0031308 ? 12.92 * one : 1.055 * one ** (1 / 2.4) - 0.055),
  ) as unknown as Three
}
