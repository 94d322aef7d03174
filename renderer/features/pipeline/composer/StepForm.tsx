import { NumberInput, TagsInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import type { StepModel, TaskStep, When } from '../../../../main/contract/index.ts'
import { IconButton } from '../../../shared/ui/IconButton.tsx'
import { StepIcon } from '../StepIcon.tsx'
import { modelName } from '../task-text.ts'
import { changeSteps, type Problems, without } from './draft.ts'
import { ParameterField } from './ParameterField.tsx'
import composer from './composer.module.css'
import classes from './StepForm.module.css'

interface StepFormProps {
  step: TaskStep
  at: number
  count: number
  models: readonly StepModel[]
  problems: Problems
}

/** One step: its model's parameters, and which targets it works on. */
export function StepForm({ step, at, count, models, problems }: StepFormProps) {
  const model = models.find(({ name }) => name === step.model)
  const name = modelName(step.model)
  const change = (to: { [K in keyof TaskStep]?: TaskStep[K] | undefined }): void =>
    changeSteps((steps) => steps.map((one, index) => (index === at ? (without({ ...one, ...to }) as TaskStep) : one)))
  const setParameter = (parameter: string, value: unknown): void => {
    const parameters = without({ ...step.parameters, [parameter]: value })
    change({ parameters: Object.keys(parameters).length > 0 ? parameters : undefined })
  }
  const classNames = models.flatMap((one) => one.classes)
  return (
    <li className={classes.step}>
      <div className={classes.head}>
        <span className={classes.number}>{at + 1}</span>
        <StepIcon model={step.model} />
        <h3>{name}</h3>
        <span className={classes.summary}>{model?.summary}</span>
        <IconButton
          name={`Move ${name} up`}
          icon={IconArrowUp}
          disabled={at === 0}
          onClick={() => changeSteps(moved(at, at - 1))}
        />
        <IconButton
          name={`Move ${name} down`}
          icon={IconArrowDown}
          disabled={at === count - 1}
          onClick={() => changeSteps(moved(at, at + 1))}
        />
        <IconButton
          name={`Remove ${name}`}
          icon={IconTrash}
          onClick={() => changeSteps((steps) => steps.filter((_, index) => index !== at))}
        />
      </div>
      {!model && models.length > 0 && (
        <p className={composer.problem}>
          Unknown model “{step.model}”. Available: {models.map((one) => one.name).join(', ')}.
        </p>
      )}
      <div className={composer.fields}>
        {model?.parameters.map((parameter) => (
          <ParameterField
            key={parameter.name}
            parameter={parameter}
            classes={model.classes}
            value={step.parameters?.[parameter.name]}
            problem={problems.get(`steps.${at}.parameters.${parameter.name}`)}
            onChange={(value) => setParameter(parameter.name, value)}
          />
        ))}
      </div>
      {at > 0 && <WhenFields when={step.when} names={classNames} onChange={(when) => change({ when })} />}
    </li>
  )
}

interface WhenFieldsProps {
  when: When | undefined
  /** What classes there are. */
  names: readonly string[]
  onChange: (when: When | undefined) => void
}

/** Which targets the step works on; the others pass it unchanged. */
function WhenFields({ when, names, onChange }: WhenFieldsProps) {
  const change = (to: { [K in keyof When]?: When[K] | undefined }): void => {
    const next = without({ ...when, ...to }) as When
    onChange(Object.keys(next).length > 0 ? next : undefined)
  }
  return (
    <fieldset className={classes.when}>
      <legend>Only when</legend>
      <TagsInput
        className={composer.grow}
        label="Class"
        placeholder={when?.class_is ? '' : 'Any'}
        data={[...new Set(names)]}
        value={[...(when?.class_is ?? [])]}
        maxDropdownHeight={220}
        onChange={(to) => change({ class_is: to.length > 0 ? to : undefined })}
      />
      <NumberInput
        className={composer.number}
        label="Minimum confidence"
        placeholder="Any"
        min={0}
        max={1}
        step={0.05}
        decimalScale={3}
        value={when?.min_confidence ?? ''}
        onChange={(to) => change({ min_confidence: typeof to === 'number' ? to : undefined })}
      />
    </fieldset>
  )
}

function moved(from: number, to: number): (steps: readonly TaskStep[]) => TaskStep[] {
  return (steps) => {
    const step = steps[from]
    if (!step) return [...steps]
    return steps.toSpliced(from, 1).toSpliced(to, 0, step)
  }
}
