import { Anchor, Button, Menu, Stack, Switch } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { listStepModels, type StepModel, type TaskRequest } from '../../../../main/contract/index.ts'
import { engine } from '../../../shared/engine/client.ts'
import { StepIcon } from '../StepIcon.tsx'
import { modelName } from '../task-text.ts'
import { changeRequest, changeSteps, type Problems } from './draft.ts'
import { StepForm } from './StepForm.tsx'
import { ComposerSection } from './ComposerSection.tsx'
import classes from './composer.module.css'

interface StepsFormProps {
  request: TaskRequest
  problems: Problems
}

/** What is done with each frame, one step after the other. */
export function StepsForm({ request, problems }: StepsFormProps) {
  const { data, error, refetch } = useQuery({
    queryKey: ['step models'],
    queryFn: () => engine.run(listStepModels, {}),
  })
  const models = data?.models ?? []
  const problem = problems.get('steps')
  return (
    <ComposerSection
      name="Steps"
      aside={
        <Switch
          size="xs"
          label="Track objects"
          checked={request.track !== false}
          onChange={({ currentTarget }) => changeRequest({ track: currentTarget.checked ? undefined : false })}
        />
      }
    >
      {error && (
        <p className={classes.problem} role="alert">
          The models could not be loaded: {error.message}{' '}
          <Anchor component="button" fz={12} onClick={() => void refetch()}>
            Try again
          </Anchor>
        </p>
      )}
      {problem && <p className={classes.problem}>{problem}</p>}
      <Stack component="ol" gap={10} mt={0} mb={12} p={0} style={{ listStyle: 'none' }}>
        {request.steps.map((step, at) => (
          <StepForm
            // Steps have no ids.
            key={at}
            step={step}
            at={at}
            count={request.steps.length}
            models={models}
            problems={problems}
          />
        ))}
      </Stack>
      {request.steps[0] && request.steps[0].model !== 'detect' && (
        <p className={classes.hint}>{hintOf(request.steps[0].model)}</p>
      )}
      <AddStep models={models} />
    </ComposerSection>
  )
}

/** About a first step that detects nothing itself. */
function hintOf(model: string): string {
  return model === 'ocr'
    ? 'As the first step, OCR reads the whole frame.'
    : 'This step needs detected objects. Add Detect before it.'
}

function AddStep({ models }: { models: readonly StepModel[] }) {
  return (
    <Menu position="bottom-start" width={320}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconPlus size={16} stroke={1.75} />} disabled={models.length === 0}>
          Add step{' '}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Models">
        {models.map(({ name, summary }) => (
          <Menu.Item
            key={name}
            leftSection={<StepIcon model={name} />}
            onClick={() => changeSteps((steps) => [...steps, { model: name }])}
          >
            {modelName(name)}
            <div className={classes.hint}>{summary}</div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
