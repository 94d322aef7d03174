// @ts-check
// Letters of 3 × 5 dots: enough for what is burned into films.

/** @typedef {import('./picture.mjs').Picture} Picture */
/** @typedef {import('./picture.mjs').Colour} Colour */

const COLUMNS = 3
const ROWS = 5
/** Rows from the top, three dots each, as one octal number. @type {Record<string, number>} */
const LETTERS = {
  A: 0o25755, B: 0o65656, C: 0o34443, D: 0o65556, E: 0o74647, F: 0o74644, G: 0o34553, H: 0o55755, I: 0o72227, J: 0o11152,
  K: 0o55655, L: 0o44447, M: 0o57755, N: 0o65555, O: 0o25552, P: 0o65644, Q: 0o25573, R: 0o65655, S: 0o34216, T: 0o72222,
  U: 0o55557, V: 0o55522, W: 0o55775, X: 0o55255, Y: 0o55222, Z: 0o71247, 0: 0o75557, 1: 0o26227, 2: 0o71747, 3: 0o71717,
  4: 0o55711, 5: 0o74717, 6: 0o74757, 7: 0o71122, 8: 0o75757, 9: 0o75717, ':': 0o02020, '.': 0o00002, '-': 0o00700,
} // prettier-ignore

/**
 * Writes one line of capitals and digits; what is no letter leaves a space.
 * @param {Picture} out
 * @param {string} line
 * @param {number} left pixels
 * @param {number} top pixels
 * @param {number} size height of the letters, pixels
 * @param {Colour} colour
 * @param {number} [share] 1 covers
 */
export function writeText(out, line, left, top, size, colour, share = 1) {
  const dot = size / ROWS
  for (const [place, letter] of line.split('').entries()) {
    const dots = LETTERS[letter] ?? 0
    for (let at = 0; at < COLUMNS * ROWS; at++) {
      if (((dots >> (COLUMNS * ROWS - 1 - at)) & 1) === 0) continue
      const x = left + (place * (COLUMNS + 1) + (at % COLUMNS)) * dot
      const y = top + Math.floor(at / COLUMNS) * dot
      out.box(Math.round(x), Math.round(y), Math.max(1, Math.round(dot)), Math.max(1, Math.round(dot)), colour, share)
    }
  }
}

/**
 * How wide a line is, in its own height.
 * @param {string} line
 */
export function widthOf(line) {
  return (line.length * (COLUMNS + 1) - 1) / ROWS
}
