// @ts-check

/** @typedef {readonly [red: number, green: number, blue: number]} Colour 0..255 each */

/** A picture in memory, three bytes a pixel: red, green, blue. */
export class Picture {
  /**
   * @param {number} width pixels
   * @param {number} height pixels
   * @param {Uint8ClampedArray} [data]
   */
  constructor(width, height, data = new Uint8ClampedArray(width * height * 3)) {
    this.width = width
    this.height = height
    this.data = data
  }

  /** @param {Colour} colour */
  fill(colour) {
    const [red, green, blue] = colour
    const { data } = this
    for (let at = 0; at < data.length; at += 3) {
      data[at] = red
      data[at + 1] = green
      data[at + 2] = blue
    }
  }

  /**
   * Mixes a colour into a rectangle; what lies outside of the picture is left out.
   * @param {number} left
   * @param {number} top
   * @param {number} width
   * @param {number} height
   * @param {Colour} colour
   * @param {number} [share] 1 covers
   */
  box(left, top, width, height, colour, share = 1) {
    const [fromX, toX] = this.#range(left, left + width, this.width)
    const [fromY, toY] = this.#range(top, top + height, this.height)
    for (let y = fromY; y < toY; y++) for (let x = fromX; x < toX; x++) this.mix(x, y, colour, share)
  }

  /**
   * An ellipse with a soft edge, lit from the upper left.
   * @param {number} x of the centre
   * @param {number} y of the centre
   * @param {number} radiusX
   * @param {number} radiusY
   * @param {Colour} colour
   * @param {{ share?: number, soft?: number, relief?: number }} [look] `soft`: share of the radius that fades out
   */
  ellipse(x, y, radiusX, radiusY, [red, green, blue], { share = 1, soft = 0.1, relief = 0.25 } = {}) {
    const [fromX, toX] = this.#range(x - radiusX, x + radiusX, this.width)
    const [fromY, toY] = this.#range(y - radiusY, y + radiusY, this.height)
    for (let row = fromY; row < toY; row++) {
      const v = (row - y) / radiusY
      for (let column = fromX; column < toX; column++) {
        const u = (column - x) / radiusX
        const away = u * u + v * v
        if (away >= 1) continue
        const light = 1 - relief * (u + v + 0.4)
        const edge = Math.min(1, (1 - away) / Math.max(soft, 0.01))
        this.mix(column, row, [red * light, green * light, blue * light], share * edge)
      }
    }
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {Colour} colour
   * @param {number} share
   */
  mix(x, y, colour, share) {
    const at = (y * this.width + x) * 3
    const { data } = this
    for (let channel = 0; channel < 3; channel++) {
      const old = data[at + channel] ?? 0
      data[at + channel] = old + ((colour[channel] ?? 0) - old) * share
    }
  }

  /** @param {Picture} other of the same size */
  copy(other) {
    this.data.set(other.data)
  }

  /**
   * @param {number} from
   * @param {number} to
   * @param {number} most
   */
  #range(from, to, most) {
    return /** @type {const} */ ([Math.max(0, Math.round(from)), Math.min(most, Math.round(to))])
  }
}

/**
 * @param {number} hue degrees
 * @param {number} saturation 0..1
 * @param {number} lightness 0..1
 * @returns {Colour}
 */
export function colourOf(hue, saturation, lightness) {
  const reach = saturation * Math.min(lightness, 1 - lightness)
  const channel = (/** @type {number} */ shift) => {
    const place = (shift + hue / 30) % 12
    return 255 * (lightness - reach * Math.max(-1, Math.min(place - 3, 9 - place, 1)))
  }
  return [channel(0), channel(8), channel(4)]
}

/**
 * @param {Colour} one
 * @param {Colour} other
 * @param {number} share of the other
 * @returns {Colour}
 */
export function mixed([r1, g1, b1], [r2, g2, b2], share) {
  return [r1 + (r2 - r1) * share, g1 + (g2 - g1) * share, b1 + (b2 - b1) * share]
}
