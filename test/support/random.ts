/** Numbers in [0, 1) that follow from a seed alone, so that a failure can be played again. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    // A Weyl sequence through a 32-bit finaliser: enough for choosing moments.
    state = (state + 0x9e37_79b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0_aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
}
