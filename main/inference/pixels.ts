/** A picture as rgb24: three bytes a pixel, row by row. */
export interface Pixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

/** Part of a picture, in pixels; fractions are allowed, what lies outside is not. */
export interface Region {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export function wholeOf({ width, height }: Pixels): Region {
  return { left: 0, top: 0, width, height }
}

/** The part of a box that lies in the picture, at least a pixel of it. */
export function inside({ left, top, width, height }: Region, picture: Pixels): Region {
  const x = Math.min(picture.width - 1, Math.max(0, left))
  const y = Math.min(picture.height - 1, Math.max(0, top))
  return {
    left: x,
    top: y,
    width: Math.max(1, Math.min(picture.width, left + width) - x),
    height: Math.max(1, Math.min(picture.height, top + height) - y),
  }
}
