import { z } from 'zod'
import type { StepKind } from '../step.ts'
import { boxOf, round, type Target } from '../target.ts'
import type { TextLine } from '../../models/index.ts'

const MINIMUM_CONFIDENCE = 0.5

const Parameters = z.object({ min_confidence: z.number().min(0).max(1).default(MINIMUM_CONFIDENCE) })

/** PI-13 */
export const ocr: StepKind = {
  model: {
    name: 'ocr',
    summary: 'Reads the text within each target, or all of the frame where no step before it finds any.',
    classes: [],
    parameters: [
      {
        ...{ name: 'min_confidence', summary: 'Only lines it is surer of.', type: 'number' },
        ...{ default: MINIMUM_CONFIDENCE, minimum: 0, maximum: 1 },
      },
    ],
  },
  create(parameters, isFirst) {
    const { min_confidence: minimum } = Parameters.parse(parameters)
    const sure = (lines: readonly TextLine[] = []) => lines.filter(({ confidence }) => confidence >= minimum)
    return {
      isFinder: isFirst,
      minimumConfidence: minimum,
      needsDetail: true,
      async run(frame, targets) {
        if (isFirst) return [...targets, ...wholeFrame(sure((await frame.read(null))[0]))]
        if (targets.length === 0) return targets
        const read = await frame.read(targets.map(({ box }) => box))
        return targets.map((target, at) => ({ ...target, text: sure(read[at]) }))
      },
    }
  },
}

/** All text of a frame as one target; none where there is no text. */
function wholeFrame(lines: readonly TextLine[]): Target[] {
  if (lines.length === 0) return []
  const box = boxOf(lines.flatMap(({ corners }) => corners))
  return [
    { className: 'text', confidence: round(Math.max(...lines.map(({ confidence }) => confidence))), box, text: lines },
  ]
}
