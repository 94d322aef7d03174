import { JPEG, scaleWithColours } from './colour-filters.ts'
import type { Colours } from './colours.ts'
import type { DisplaySize } from './display.ts'

/** Pixels of the longer side. */
const LONG_SIDE = 480

/** Filters that make a JPEG's picture of a frame: in square pixels, small but never enlarged, in the colours of a player. */
export function pictureFilter(colours: Colours, longSide = LONG_SIDE): string {
  const fit = colours.shape
    ? sizeWithin(colours.shape, longSide)
    : `w='min(${longSide},iw)':h='min(${longSide},ih)':force_original_aspect_ratio=decrease`
  // A very short side is stretched first, so that something is left of it: LED walls are 4000×4.
  const [width, height] = [`trunc(iw*max(sar,1))`, `trunc(ih/min(sar,1))`]
  const square = `scale=w='max(max(1,ceil(ih/${longSide})),${width})':h='max(max(1,ceil(iw/${longSide})),${height})'`
  return `${square},setsar=1,${scaleWithColours(`${fit}:flags=area`, colours, JPEG)}`
}

function sizeWithin({ width, height }: DisplaySize, longSide: number): string {
  const share = Math.min(1, longSide / Math.max(width, height))
  const [w, h] = [width, height].map((side) => Math.max(1, Math.round(side * share)))
  return `w=${w}:h=${h}`
}
