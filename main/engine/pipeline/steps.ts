import { z } from 'zod'
import { EngineError, type TaskStep, type When } from '../../contract/index.ts'
import { ownNameOf } from './classes.ts'
import type { Frame } from './frame.ts'
import type { Step } from './step.ts'
import { stepKinds } from './steps/index.ts'
import type { Target } from './target.ts'

/** A request's steps, ready to run: those up to the last that finds targets, and those that come after tracking. */
export interface Stages {
  find(frame: Frame): Promise<void>
  describe(frame: Frame): Promise<void>
  readonly needsDetail: boolean
  /** What the request calls the least confidence worth telling; null when it says nothing. */
  readonly minimumConfidence: number | null
}

/** @throws EngineError `invalid_input`: "Unknown model 422", and whatever a model says of its parameters. */
export function stagesOf(steps: readonly TaskStep[]): Stages {
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
  const asked = minima.filter((minimum) => minimum !== null)
  return asked.length > 0 && asked.length === minima.length ? Math.min(...asked) : null
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

/** "no match -> target unchanged, not removed": those that match are replaced in their places. */
async function runWhere(step: Step, when: When, frame: Frame): Promise<readonly Target[]> {
  const { targets } = frame
  const isMeant = targets.map((target) => matches(target, when))
  const meant = targets.filter((_target, at) => isMeant[at])
  const done = await step.run(frame, meant)
  let next = 0
  const kept = targets.map((target, at) => (isMeant[at] ? (done[next++] ?? target) : target))
  return [...kept, ...done.slice(meant.length)]
}

/** "keys AND-ed, class_is any-of, min_confidence >="; an alias means its class. */
export function matches(
  { className, confidence }: Target,
  { class_is: classes, min_confidence: least = 0 }: When,
): boolean {
  const isOfClass = classes?.some((name) => ownNameOf(name) === ownNameOf(className)) ?? true
  return isOfClass && confidence >= least
}
