/** A leaf's value, or a question: is the feature's value below the threshold? */
export type Tree = number | readonly [feature: number, threshold: number, less: Tree, more: Tree]

/** Trees whose leaves add up. */
export interface Trees {
  /** Names of the features, in the order in which the trees count them. */
  readonly features: readonly string[]
  readonly base: number
  readonly trees: readonly Tree[]
}

/** Says how sure a boundary is, by boosted decision trees (Friedman 2001); made by bench/scenes/training. */
export interface BoundaryModel {
  /** A first look at what is cheap to tell: a sum below `least` is no boundary. */
  readonly quick: Trees & { readonly least: number }
  readonly all: Trees
  /** Pairs of a sum of all trees and the share of true boundaries there, both ascending. */
  readonly calibration: readonly (readonly [sum: number, share: number])[]
}

export type Features = Readonly<Record<string, number>>

export function isPromising({ quick }: BoundaryModel, features: Features): boolean {
  return sumOf(quick, features) >= quick.least
}

/** How sure, 0..1: of all places with this value, this share are boundaries. */
export function probabilityOf({ all, calibration }: BoundaryModel, features: Features): number {
  return calibrated(calibration, sumOf(all, features))
}

function sumOf({ features: names, base, trees }: Trees, features: Features): number {
  const values = names.map((name) => features[name] ?? 0)
  return trees.reduce<number>((sum, tree) => sum + leafOf(tree, values), base)
}

function leafOf(tree: Tree, values: readonly number[]): number {
  let node = tree
  while (typeof node !== 'number') node = (values[node[0]] ?? 0) < node[1] ? node[2] : node[3]
  return node
}

/** Linear between the pairs. */
function calibrated(pairs: BoundaryModel['calibration'], sum: number): number {
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
