/** A leaf's value, or a question: is the feature's value below the threshold? */
export type Tree = number | readonly [feature: number, threshold: number, less: Tree, more: Tree]

/** Boosted decision trees that say how sure a boundary is; made by bench/scenes/training. */
export interface BoostedTrees {
  /** Names of the features, in the order in which the trees count them. */
  readonly features: readonly string[]
  readonly base: number
  readonly trees: readonly Tree[]
  /** Pairs of a sum of the trees and the share of true boundaries there, both ascending. */
  readonly calibration: readonly (readonly [sum: number, share: number])[]
}

/** How sure the trees are, 0..1: of all places with this value, this share are boundaries. */
export function probabilityOf(model: BoostedTrees, features: readonly number[]): number {
  let sum = model.base
  for (const tree of model.trees) sum += leafOf(tree, features)
  return calibrated(model.calibration, sum)
}

function leafOf(tree: Tree, features: readonly number[]): number {
  let node = tree
  while (typeof node !== 'number') node = (features[node[0]] ?? 0) < node[1] ? node[2] : node[3]
  return node
}

/** Linear between the pairs. */
function calibrated(pairs: BoostedTrees['calibration'], sum: number): number {
  let before: readonly [number, number] | null = null
  for (const pair of pairs) {
    if (sum <= pair[0]) {
      if (!before) return pair[1]
      const way = (sum - before[0]) / (pair[0] - before[0])
      return before[1] + way * (pair[1] - before[1])
    }
    before = pair
  }
  return before?.[1] ?? 0
}
