import { NumberInput, Switch, TagsInput, TextInput } from '@mantine/core'
import type { StepModel } from '../../../../main/contract/index.ts'
import composer from './composer.module.css'

interface ParameterFieldProps {
  parameter: StepModel['parameters'][number]
  /** Names that a `classes` parameter takes. */
  classes: readonly string[]
  value: unknown
  problem: string | undefined
  /** Gets undefined for the default. */
  onChange: (value: unknown) => void
}

/** The field of one parameter of a model, as the model describes it. */
export function ParameterField({ parameter, classes: names, value, problem, onChange }: ParameterFieldProps) {
  const { type, summary, default: usual, minimum, maximum } = parameter
  const label = labelOf(parameter.name)
  if (type === 'boolean') {
    return (
      <Switch
        style={{ alignSelf: 'center' }}
        size="xs"
        label={label}
        title={summary}
        checked={typeof value === 'boolean' ? value : usual === true}
        error={problem}
        onChange={({ currentTarget: { checked } }) => onChange(checked === (usual === true) ? undefined : checked)}
      />
    )
  }
  if (type === 'classes') {
    return (
      <TagsInput
        flex="1 1 100%"
        label={label}
        description={summary}
        placeholder={Array.isArray(value) ? '' : 'All classes'}
        data={[...new Set(names)]}
        value={Array.isArray(value) ? value.map(String) : []}
        maxDropdownHeight={220}
        error={problem}
        onChange={(to) => onChange(to.length > 0 ? to : undefined)}
      />
    )
  }
  if (type === 'number') {
    return (
      <NumberInput
        className={composer.number}
        label={label}
        title={summary}
        placeholder={usual === null ? '' : String(usual)}
        value={typeof value === 'number' ? value : ''}
        {...(minimum !== undefined && { min: minimum })}
        {...(maximum !== undefined && { max: maximum })}
        step={maximum !== undefined && maximum <= 1 ? 0.05 : 1}
        error={problem}
        onChange={(to) => onChange(typeof to === 'number' ? to : undefined)}
      />
    )
  }
  return (
    <TextInput
      label={label}
      title={summary}
      placeholder={usual === null ? '' : String(usual)}
      value={typeof value === 'string' ? value : ''}
      error={problem}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
    />
  )
}

/** `min_confidence` as people write it. */
function labelOf(name: string): string {
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
