import { z } from 'zod'
import { CLASS_NAMES, requestedNames } from '../classes.ts'
import type { StepKind } from '../step.ts'
import { round, type Target } from '../target.ts'
import { FAINTEST_CONFIDENCE } from '../tracker/index.ts'

/** What the detector is sure enough of to call it a find. */
const MINIMUM_CONFIDENCE = 0.45
const Parameters = z.object({
  classes: z.array(z.string()).min(1).optional(),
  min_confidence: z.number().min(0).max(1).optional(),
})

/** Finds things of 80 classes. "parameters.classes filters detect output". */
export const detect: StepKind = {
  model: {
    name: 'detect',
    summary: 'Finds people, vehicles, animals and things of 80 classes.',
    classes: [...CLASS_NAMES],
    parameters: [
      { name: 'classes', summary: 'Only these classes; all when left out.', type: 'classes', default: null },
      {
        ...{
          name: 'min_confidence',
          summary: 'Only what it is surer of.',
          type: 'number',
          default: MINIMUM_CONFIDENCE,
        },
        ...{ minimum: 0, maximum: 1 },
      },
    ],
  },
  create(parameters) {
    const { classes, min_confidence: asked } = Parameters.parse(parameters)
    const names = classes ? requestedNames(classes) : null
    const minimum = asked ?? MINIMUM_CONFIDENCE
    return {
      isFinder: true,
      minimumConfidence: asked,
      needsDetail: false,
      async run(frame, targets) {
        const found = await frame.detect(Math.min(FAINTEST_CONFIDENCE, minimum))
        const named = found.flatMap(({ box, className, confidence }): Target[] => {
          const name = names ? names.get(className) : className
          return name === undefined ? [] : [{ className: name, confidence: round(confidence), box }]
        })
        const isFaint = ({ confidence }: Target) => confidence < minimum
        frame.faint = [...frame.faint, ...named.filter(isFaint)]
        return [...targets, ...named.filter((target) => !isFaint(target))]
      },
    }
  },
}
