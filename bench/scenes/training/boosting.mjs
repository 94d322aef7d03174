// @ts-check
// Boosted decision trees for two classes: each tree corrects the errors of those before it (Friedman 2001). Values are
// sorted into bins first, so that a tree is grown from sums over bins. The same rows give the same trees.

/** @typedef {import('../../../main/engine/scenes/detectors/trees.ts').Tree} Tree */
/**
 * @typedef {object} Row
 * @property {readonly number[]} features
 * @property {0 | 1} label
 * @property {number} weight
 */
/**
 * @typedef {object} Growth
 * @property {number} trees
 * @property {number} depth questions on the way to a leaf, at most
 * @property {number} rate share of each correction that is taken
 * @property {number} leastWeight of the rows of a leaf
 * @property {number} flattening added to a leaf's weight: larger gives smaller corrections
 * @property {number} columns share of the features that a tree may ask about
 * @property {number} rows share of the rows that a tree is grown from (Friedman 2002)
 * @property {import('../kinds/random.mjs').Random} random
 */

const BINS = 64

/**
 * @param {readonly Row[]} rows
 * @param {Growth} growth
 * @returns {{ base: number, trees: Tree[] }}
 */
export function growTrees(rows, growth) {
  const features = rows[0]?.features.length ?? 0
  const borders = Array.from({ length: features }, (_, feature) =>
    bordersOf(rows.map((row) => row.features[feature] ?? 0)),
  )
  const bins = borders.map((edges, feature) => Uint8Array.from(rows, (row) => binOf(edges, row.features[feature] ?? 0)))
  const positive = sum(rows.map(({ label, weight }) => label * weight))
  const all = sum(rows.map(({ weight }) => weight))
  const base = Math.log((positive + 0.5) / (all - positive + 0.5))
  const sums = new Float64Array(rows.length).fill(base)
  /** @type {Tree[]} */
  const trees = []
  for (let made = 0; made < growth.trees; made++) {
    const slopes = new Float64Array(rows.length)
    const curves = new Float64Array(rows.length)
    for (const [at, { label, weight }] of rows.entries()) {
      // A row that is left out weighs nothing in this tree, and still gets its correction.
      if (!growth.random.chance(growth.rows)) continue
      const share = 1 / (1 + Math.exp(-(sums[at] ?? 0)))
      slopes[at] = weight * (label - share)
      curves[at] = weight * Math.max(1e-6, share * (1 - share))
    }
    const asked = borders.flatMap((_, feature) => (growth.random.chance(growth.columns) ? [feature] : []))
    const members = Int32Array.from(rows.keys())
    trees.push(grow({ growth, bins, borders, slopes, curves, sums, asked }, members, growth.depth))
  }
  return { base, trees }
}

/**
 * @typedef {object} Growing
 * @property {Growth} growth
 * @property {Uint8Array[]} bins
 * @property {number[][]} borders
 * @property {Float64Array} slopes
 * @property {Float64Array} curves
 * @property {Float64Array} sums
 * @property {number[]} asked
 */

/**
 * @param {Growing} growing
 * @param {Int32Array} members
 * @param {number} depth
 * @returns {Tree}
 */
function grow(growing, members, depth) {
  const split = depth > 0 ? bestSplit(growing, members) : null
  if (!split) return leaf(growing, members)
  const bins = /** @type {Uint8Array} */ (growing.bins[split.feature])
  const less = members.filter((row) => /** @type {number} */ (bins[row]) < split.bin)
  const more = members.filter((row) => /** @type {number} */ (bins[row]) >= split.bin)
  const threshold = growing.borders[split.feature]?.[split.bin - 1] ?? 0
  return [split.feature, threshold, grow(growing, less, depth - 1), grow(growing, more, depth - 1)]
}

/** @param {Growing} growing @param {Int32Array} members */
function leaf({ growth, slopes, curves, sums }, members) {
  let [slope, curve] = [0, 0]
  for (const row of members) {
    slope += slopes[row] ?? 0
    curve += curves[row] ?? 0
  }
  const value = Number(((growth.rate * slope) / (curve + growth.flattening)).toPrecision(4))
  for (const row of members) sums[row] = (sums[row] ?? 0) + value
  return value
}

/** @param {Growing} growing @param {Int32Array} members */
function bestSplit({ growth, bins, borders, slopes, curves, asked }, members) {
  /** @type {{ feature: number, bin: number, gain: number } | null} */
  let best = null
  for (const feature of asked) {
    const count = (borders[feature]?.length ?? 0) + 1
    const [slopeOf, curveOf] = [new Float64Array(count), new Float64Array(count)]
    const column = /** @type {Uint8Array} */ (bins[feature])
    for (const row of members) {
      const bin = column[row] ?? 0
      slopeOf[bin] = (slopeOf[bin] ?? 0) + (slopes[row] ?? 0)
      curveOf[bin] = (curveOf[bin] ?? 0) + (curves[row] ?? 0)
    }
    const [slope, curve] = [sum(slopeOf), sum(curveOf)]
    const worth = (/** @type {number} */ s, /** @type {number} */ c) => (s * s) / (c + growth.flattening)
    let [slopeLess, curveLess] = [0, 0]
    for (let bin = 1; bin < count; bin++) {
      slopeLess += slopeOf[bin - 1] ?? 0
      curveLess += curveOf[bin - 1] ?? 0
      if (curveLess < growth.leastWeight || curve - curveLess < growth.leastWeight) continue
      const gain = worth(slopeLess, curveLess) + worth(slope - slopeLess, curve - curveLess) - worth(slope, curve)
      if (gain > (best?.gain ?? 1e-6)) best = { feature, bin, gain }
    }
  }
  return best
}

/**
 * Values between which there are about equally many rows.
 * @param {number[]} values
 */
function bordersOf(values) {
  const ordered = Float64Array.from(values).sort()
  const borders = new Set()
  for (let bin = 1; bin < BINS; bin++) {
    const at = Math.floor((bin * ordered.length) / BINS)
    const [before, here] = [ordered[at - 1] ?? 0, ordered[at] ?? 0]
    if (here > before) borders.add(Number(((before + here) / 2).toPrecision(5)))
    else borders.add(Number(here.toPrecision(5)))
  }
  return [.../** @type {Set<number>} */ (borders)].sort((a, b) => a - b)
}

/** @param {number[]} borders @param {number} value */
function binOf(borders, value) {
  let bin = 0
  while (bin < borders.length && value >= /** @type {number} */ (borders[bin])) bin++
  return bin
}

/** @param {Iterable<number>} values */
function sum(values) {
  let all = 0
  for (const value of values) all += value
  return all
}

/**
 * The share of true rows by the sum of the trees, never falling: neighbours that would fall are joined
 * (pool adjacent violators).
 * @param {readonly { sum: number, label: number, weight: number }[]} rows of other films than the trees were grown from
 * @returns {[number, number][]}
 */
export function calibrate(rows) {
  /** @type {{ sum: number, label: number, weight: number }[]} */
  const pools = []
  for (const { sum: value, label, weight } of rows.toSorted((a, b) => a.sum - b.sum)) {
    let pool = { sum: value * weight, label: label * weight, weight }
    for (let last = pools.at(-1); last && last.label / last.weight >= pool.label / pool.weight; last = pools.at(-1)) {
      pools.pop()
      pool = { sum: pool.sum + last.sum, label: pool.label + last.label, weight: pool.weight + last.weight }
    }
    pools.push(pool)
  }
  return pools.map((pool) => [pool.sum / pool.weight, pool.label / pool.weight])
}

/** @param {{ base: number, trees: readonly Tree[] }} grown @param {readonly number[]} features */
export function sumOfTrees({ base, trees }, features) {
  let all = base
  for (const tree of trees) {
    let node = tree
    while (typeof node !== 'number') node = (features[node[0]] ?? 0) < node[1] ? node[2] : node[3]
    all += node
  }
  return all
}
