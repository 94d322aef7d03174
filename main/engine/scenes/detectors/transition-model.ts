import trees from './transition-model.json' with { type: 'json' }
import type { BoostedTrees } from './trees.ts'

/** Made by bench/scenes/training; never edited by hand. */
export const model = trees as unknown as BoostedTrees
