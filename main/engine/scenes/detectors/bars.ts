import { ANALYSIS_HEIGHT as HEIGHT, ANALYSIS_WIDTH as WIDTH } from '../detector.ts'

/** Rows and columns of black around a picture, in analysis pixels. */
export interface Bars {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** Brightest value that counts as black, with coding noise. */
const MOST_BLACK = 26
/** A bar on one side takes at most this share of the picture; more is a dark scene. */
const MOST_SHARE = 0.3
/** The same for two equal bars: a portrait film in a landscape frame has them. */
const MOST_SHARE_OF_EQUAL = 0.42
/** Bars that differ by so many lines are equal. */
const EQUAL_LINES = 3

/** Letterbox and pillarbox of a picture. @param pixels brightness first, 0..255 */
export function findBars(pixels: Uint8Array): Bars {
  const isRow = (y: number): boolean => isBlack(pixels, y * WIDTH, 1, WIDTH)
  const isColumn = (x: number): boolean => isBlack(pixels, x, WIDTH, HEIGHT)
  const [top, bottom] = pair(HEIGHT, isRow)
  const [left, right] = pair(WIDTH, isColumn)
  return { top, bottom, left, right }
}

function isBlack(pixels: Uint8Array, from: number, step: number, length: number): boolean {
  for (let at = 0; at < length; at++) if ((pixels[from + at * step] as number) > MOST_BLACK) return false
  return true
}

/** How many lines from both edges are black; 0 where too many are. */
function pair(lines: number, isBar: (at: number) => boolean): [number, number] {
  const one = count(lines, isBar)
  const other = count(lines, (at) => isBar(lines - 1 - at))
  const share = Math.abs(one - other) <= EQUAL_LINES ? MOST_SHARE_OF_EQUAL : MOST_SHARE
  const within = (bar: number): number => (bar > lines * share ? 0 : bar)
  return [within(one), within(other)]
}

function count(lines: number, isBar: (at: number) => boolean): number {
  let bar = 0
  while (bar < lines && isBar(bar)) bar++
  return bar
}

/** The bars of both together: outside of them is picture in both. Null without any bar. */
export function commonView(a: Bars, b: Bars): Bars | null {
  const bars = [a, b].some(({ top, bottom, left, right }) => top + bottom + left + right > 0)
  if (!bars) return null
  return {
    top: Math.max(a.top, b.top),
    bottom: Math.max(a.bottom, b.bottom),
    left: Math.max(a.left, b.left),
    right: Math.max(a.right, b.right),
  }
}

/** Share of the frame within the bars, 0..1. */
export function viewShare(view: Bars | null): number {
  if (!view) return 1
  return ((WIDTH - view.left - view.right) * (HEIGHT - view.top - view.bottom)) / (WIDTH * HEIGHT)
}

/** The pixels within the bars, stretched to the full size. */
export function stretched(pixels: Uint8Array, { top, bottom, left, right }: Bars): Uint8Array {
  const plane = WIDTH * HEIGHT
  const out = new Uint8Array(3 * plane)
  const [width, height] = [WIDTH - left - right, HEIGHT - top - bottom]
  for (let y = 0; y < HEIGHT; y++) {
    const row = (top + Math.floor((y * height) / HEIGHT)) * WIDTH + left
    for (let x = 0; x < WIDTH; x++) {
      const from = row + Math.floor((x * width) / WIDTH)
      const to = y * WIDTH + x
      for (let shift = 0; shift < 3 * plane; shift += plane) out[to + shift] = pixels[from + shift] as number
    }
  }
  return out
}
