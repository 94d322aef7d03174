import trees from './cut-model.json' with { type: 'json' }
import type { BoundaryModel } from './trees.ts'

/** Made by bench/scenes/training; never edited by hand. */
export const model = trees as unknown as BoundaryModel
