import type { Colours } from './colours.ts'

/** A signal, or light as a share of white, 0..1. */
const VALUE = 'val/maxval'

/** Light of white paper, in cd/m², which a screen shows as its white (ITU-R BT.2408)… */
const PQ_WHITE = 203
/** …and the brightest light that is still told apart. */
const PQ_PEAK = 1000
/** The same in HLG, where 1 is the brightest: a signal of 75 %. */
const HLG_WHITE = 0.265
/** Below this share of white nothing is compressed: there a picture is as Chromium shows it. */
const UNCHANGED = 0.6

/** An expression for ffmpeg's filter `lutrgb`: from the signal to light, up to white. */
export function toLight(transfer: Colours['transfer']): string {
  switch (transfer) {
    case 'sdr':
      return `if(lte(${VALUE},0.04045),${VALUE}/12.92,pow((${VALUE}+0.055)/1.055,2.4))`
    case 'gamma22':
      return `pow(${VALUE},2.2)`
    case 'gamma28':
      return `pow(${VALUE},2.8)`
    case 'linear':
      return VALUE
    case 'pq':
      return toneMapped(pqLight(VALUE), PQ_PEAK / PQ_WHITE)
    case 'hlg':
      return toneMapped(hlgLight(VALUE), 1 / HLG_WHITE)
  }
}

/** The same from light to the signal of sRGB. */
export function fromLight(): string {
  return `if(lte(${VALUE},0.0031308),12.92*${VALUE},1.055*pow(${VALUE},1/2.4)-0.055)`
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
function toneMapped(light: string, peak: number): string {
  const j = UNCHANGED
  const a = (-j * j * (peak - 1)) / (j * j - 2 * j + peak)
  const b = (j * j - 2 * j * peak + peak) / (peak - 1)
  const compressed = `${(b * b + 2 * b * j + j * j) / (b - a)}*(ld(0)+${a})/(ld(0)+${b})`
  return `st(0,min(${light},${peak}));if(lt(ld(0),${j}),ld(0),${compressed})`
}
