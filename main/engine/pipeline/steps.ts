import { z } from 'zod'
import { EngineError, type TaskStep, type When } from '../../contract/index.ts'
import { canonicalClass } from './classes.ts'
import type { Frame } from './frame.ts'
import type { Step } from './step.ts'
import { stepKinds } from './steps/index.ts'
import type { Target } from './target.ts'

/** A request's steps in two stages: up to the last one that finds targets, and after tracking. */
export interface StepStages {
  find(frame: Frame): Promise<void>
  describe(frame: Frame): Promise<void>
  readonly needsDetail: boolean
  /** The request's minimum confidence; null when it has none. */
  readonly minimumConfidence: number | null
}

/** @throws EngineError `invalid_input` for an unknown model (PI-6) or bad parameters. */
export function stagesOf(steps: readonly TaskStep[]): StepStages {
  const stages: { step: Step; when: When }[] = []
  for (const [at, { model, parameters = {}, when = {} }] of steps.entries()) {
    const isFirst = !stages.some(({ step }) => step.isFinder)
    stages.push({ step: createStep(model, parameters, isFirst, at), when })
  }
  const last = stages.findLastIndex(({ step }) => step.isFinder)
  const run = async (frame: Frame, part: typeof stages): Promise<void> => {
    for (const { step, when } of part) frame.targets = await runWhere(step, when, frame)
  }
  return {
    find: (frame) => run(frame, stages.slice(0, last + 1)),
    describe: (frame) => run(frame, stages.slice(last + 1)),
    minimumConfidence: minimumOf(stages.map(({ step }) => step)),
    needsDetail: stages.some(({ step }) => step.needsDetail),
  }
}

function minimumOf(steps: readonly Step[]): number | null {
  const minima = steps.filter(({ isFinder }) => isFinder).map(({ minimumConfidence }) => minimumConfidence ?? null)
  const given = minima.filter((minimum) => minimum !== null)
  return given.length > 0 && given.length === minima.length ? Math.min(...given) : null
}

function createStep(model: string, parameters: unknown, isFirst: boolean, at: number): Step {
  const kind = stepKinds.find(({ model: { name } }) => name === model)
  if (!kind) {
    const models = stepKinds.map(({ model: { name } }) => name)
    throw new EngineError('invalid_input', `There is no model "${model}". Known are ${models.join(', ')}.`, {
      fields: [{ in: 'body', field: `steps.${at}.model`, reason: 'No such model.' }],
      models,
    })
  }
  try {
    return kind.create(parameters, isFirst)
  } catch (error) {
    throw named(error, `steps.${at}.parameters`)
  }
}

function named(error: unknown, field: string): unknown {
  if (error instanceof z.ZodError) {
    const fields = error.issues.map(({ path, message }) => ({
      ...{ in: 'body', field: [field, ...path].join('.') },
      reason: message,
    }))
    const message = fields.map((issue) => `${issue.field}: ${issue.reason}`).join('; ')
    return new EngineError('invalid_input', message, { fields }, { cause: error })
  }
  if (!(error instanceof EngineError)) return error
  const fields = [{ in: 'body', field: `${field}.classes`, reason: error.message }]
  return new EngineError(error.code, error.message, { ...error.details, fields }, { cause: error })
}

/** Matching targets are replaced in their places, the others stay (PI-14). */
async function runWhere(step: Step, when: When, frame: Frame): Promise<readonly Target[]> {
  const { targets } = frame
  const isMatch = targets.map((target) => matches(target, when))
  const matching = targets.filter((_target, at) => isMatch[at])
  const done = await step.run(frame, matching)
  let next = 0
  const kept = targets.map((target, at) => (isMatch[at] ? (done[next++] ?? target) : target))
  return [...kept, ...done.slice(matching.length)]
}

/** PI-14; an alias stands for its class. */
export function matches(
  { className, confidence }: Target,
  { class_is: classes, min_confidence: least = 0 }: When,
): boolean {
  const isOfClass = classes?.some((name) => canonicalClass(name) === canonicalClass(className)) ?? true
  return isOfClass && confidence >= least
}
