import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconAlertTriangle, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useState } from 'react'
import type { EngineError } from '../../../../main/contract/index.ts'
import { bridge } from '../../../shared/engine/bridge.ts'
import { TopBar } from '../../../shared/ui/TopBar.tsx'
import { Crumbs } from '../../../shared/ui/Crumbs.tsx'
import { openTask, start } from '../actions.ts'
import { TASKS_PATH } from '../paths.ts'
import { clearDraft, mediaIdOf, problemsOf, useDraft } from './draft.ts'
import { CountingForm } from './CountingForm.tsx'
import { FramesForm } from './FramesForm.tsx'
import { JsonView } from './JsonView.tsx'
import { StepsForm } from './StepsForm.tsx'
import { useChosenVideo } from './useChosenVideo.ts'
import { VideoForm } from './VideoForm.tsx'
import page from '../../../shared/ui/page.module.css'
import classes from './ComposerPage.module.css'

/** Composes a task: which video, which of its frames, and the steps. */
export function ComposerPage() {
  const request = useDraft((draft) => draft.request)
  const [submitted, setSubmitted] = useState(false)
  const [starting, setStarting] = useState(false)
  const [startError, setStartError] = useState<EngineError | null>(null)
  const [input] = request.input
  const chosen = useChosenVideo(mediaIdOf(input))
  const problems = problemsOf(request)
  // A missing video is no error before the first try.
  const shown = submitted ? problems : new Map([...problems].filter(([field]) => field !== 'input.0.url'))
  const submit = async (): Promise<void> => {
    setSubmitted(true)
    setStartError(null)
    if (problems.size > 0 || starting) return
    setStarting(true)
    try {
      const task = await start(request)
      clearDraft()
      openTask(task)
    } catch (error) {
      setStartError(error as EngineError)
      setStarting(false)
    }
  }
  useHotkeys([['mod+Enter', () => void submit()]], [])
  return (
    <>
      <TopBar
        title={
          <Crumbs path={TASKS_PATH} name="Tasks">
            <h1>New task</h1>
          </Crumbs>
        }
      >
        <Button variant="subtle" color="gray" onClick={clearDraft}>
          Clear
        </Button>
        <Button
          leftSection={<IconPlayerPlayFilled size={14} aria-hidden />}
          rightSection={<kbd className={classes.key}>{bridge.platform === 'darwin' ? '⌘ ↵' : 'Ctrl ↵'}</kbd>}
          loading={starting}
          onClick={() => void submit()}
        >
          Start task
        </Button>
      </TopBar>
      <div className={page.body}>
        <div className={classes.form}>
          {startError && <StartError error={startError} />}
          <VideoForm input={input} chosen={chosen} problems={shown} />
          <FramesForm input={input} chosen={chosen} problems={shown} />
          <StepsForm request={request} problems={shown} />
          {chosen.video && <CountingForm request={request} video={chosen.video} problems={shown} />}
        </div>
        <JsonView request={request} />
      </div>
    </>
  )
}

/** The engine's reasons, field by field where it names them. */
function StartError({ error }: { error: EngineError }) {
  const fields = (error.details?.['fields'] ?? []) as readonly { field: string; reason: string }[]
  return (
    <div className={classes.error} role="alert">
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
      <div>
        <strong>The task was not started</strong>
        <p>{error.message}</p>
        {fields.length > 1 && (
          <ul>
            {fields.map(({ field, reason }) => (
              <li key={field}>
                <code>{field}</code> {reason}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}
