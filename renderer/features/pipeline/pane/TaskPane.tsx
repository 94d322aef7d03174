import { ActionIcon, Tabs } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import type { Task } from '../../../../main/contract/index.ts'
import { count, size } from '../../../shared/format/size.ts'
import { keepFocus } from '../../../shared/ui/keep-focus.ts'
import type { Pane } from '../../../shared/pane/usePane.ts'
import type { Footage } from '../page/footage.ts'
import { useRecord, useSession, useSessionState } from '../session.ts'
import { isOver } from '../task-text.ts'
import { useView } from '../view-store.ts'
import { ClassChart } from './ClassChart.tsx'
import { Events } from './Events.tsx'
import { Results } from './Results.tsx'
import { Stats } from './Stats.tsx'
import { TrackCard } from './TrackCard.tsx'
import classes from './TaskPane.module.css'

/** What a task found, in numbers: beside the picture, or over it where there is no room for both. */
export function TaskPane({ task, footage, pane }: { task: Task; footage: Footage; pane: Pane }) {
  const tab = useView((view) => view.tab)
  const { tracks } = useRecord()
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape' && pane.over) pane.close()
  }
  return (
    <aside className={classes.pane} data-over={pane.over || undefined} aria-label="Side pane" onKeyDown={onKeyDown}>
      <Stats task={task} />
      <ClassChart task={task} footage={footage} />
      <TrackCard task={task} />
      <Tabs
        value={tab}
        onChange={(chosen) => useView.setState({ tab: chosen === 'results' ? 'results' : 'events' })}
        classNames={{ root: classes.tabs, list: classes.list, tab: classes.tab, panel: classes.panel }}
      >
        <Tabs.List onMouseDown={keepFocus}>
          <Tabs.Tab value="events">Events</Tabs.Tab>
          <Tabs.Tab value="results">
            Results{tracks.length > 0 && <span className={classes.count}>{tracks.length.toLocaleString('en-GB')}</span>}
          </Tabs.Tab>
          {pane.over && (
            <ActionIcon className={classes.close} aria-label="Close the side pane" onClick={pane.close}>
              <IconX size={16} stroke={1.75} />
            </ActionIcon>
          )}
        </Tabs.List>
        <Tabs.Panel value="events">{tab === 'events' && <Events />}</Tabs.Panel>
        <Tabs.Panel value="results">{tab === 'results' && <Results task={task} />}</Tabs.Panel>
      </Tabs>
      <Foot task={task} />
    </aside>
  )
}

/** How it stands with the stream. */
function Foot({ task }: { task: Task }) {
  const session = useSession()
  const { frameCount, unreadable } = useRecord()
  const reading = useSessionState((state) => state.reading)
  const error = useSessionState((state) => state.error)
  const bytes = useSessionState((state) => state.bytes)
  const read = `${count(frameCount, 'event')}, ${size(bytes)}`
  return (
    <div className={classes.foot} role="status">
      {reading === 'failed' ? (
        <span className={classes.problem}>
          The stream was interrupted. {error?.message}{' '}
          <button type="button" onClick={() => session.read()}>
            {' '}
            Resume{' '}
          </button>
        </span>
      ) : (
        <span>
          {reading === 'open' && !isOver(task) ? 'Streaming, ' : ''}
          {read}
          {unreadable > 0 && `, ${unreadable} unreadable`}
        </span>
      )}
      <code className="selectable">{task.taskId}</code>
    </div>
  )
}
