import { z } from 'zod'
import { CLASS_NAMES, requestedNames } from '../classes.ts'
import type { StepKind } from '../step.ts'
import { round, type Target } from '../target.ts'
import { WEAKEST_CONFIDENCE } from '../tracker/index.ts'

/** When the request has no `min_confidence`. */
const MINIMUM_CONFIDENCE = 0.45
const Parameters = z.object({
  classes: z.array(z.string()).min(1).optional(),
  min_confidence: z.number().min(0).max(1).optional(),
})

/** PI-11 */
export const detect: StepKind = {
  model: {
    name: 'detect',
    summary: 'Finds people, vehicles, animals and things of 80 classes.',
    classes: [...CLASS_NAMES],
    parameters: [
      { name: 'classes', summary: 'Only these classes; all when left out.', type: 'classes', default: null },
      {
        ...{ name: 'min_confidence', summary: 'Only what it is surer of.', type: 'number' },
        ...{ default: MINIMUM_CONFIDENCE, minimum: 0, maximum: 1 },
      },
    ],
  },
  create(parameters) {
    const { classes, min_confidence: given } = Parameters.parse(parameters)
    const names = classes ? requestedNames(classes) : null
    const minimum = given ?? MINIMUM_CONFIDENCE
    return {
      isFinder: true,
      minimumConfidence: given,
      needsDetail: false,
      async run(frame, targets) {
        const found = await frame.detect(Math.min(WEAKEST_CONFIDENCE, minimum))
        const named = found.flatMap(({ box, className, confidence }): Target[] => {
          const name = names ? names.get(className) : className
          return name === undefined ? [] : [{ className: name, confidence: round(confidence), box }]
        })
        const isWeak = ({ confidence }: Target) => confidence < minimum
        frame.weakTargets = [...frame.weakTargets, ...named.filter(isWeak)]
        return [...targets, ...named.filter((target) => !isWeak(target))]
      },
    }
  },
}
