import { z } from 'zod'
import type { StepKind } from '../step.ts'

const Parameters = z.object({ include_vector: z.boolean().default(false) })

/** Computes the embedding of each target. */
export const feature: StepKind = {
  model: {
    name: 'feature',
    summary: 'Gives each target a vector of what it looks like.',
    classes: [],
    parameters: [{ name: 'include_vector', summary: 'Send the vector itself, too.', type: 'boolean', default: false }],
  },
  create(parameters) {
    const { include_vector: isSent } = Parameters.parse(parameters)
    return {
      isFinder: false,
      needsDetail: false,
      async run(frame, targets) {
        if (targets.length === 0) return targets
        const vectors = await frame.embed(targets.map(({ box }) => box))
        return targets.map((target, at) => {
          const vector = vectors[at]
          return vector ? { ...target, embedding: { vector, isSent } } : target
        })
      },
    }
  },
}
