import type { Task } from '../../../../main/contract/index.ts'
import { count, size } from '../../../shared/format/size.ts'
import { SidePane } from '../../../shared/pane/SidePane.tsx'
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
  const tabs = [
    { id: 'events', name: 'Events', useCount: () => 0, content: <Events /> },
    { id: 'results', name: 'Results', useCount: useTrackCount, content: <Results task={task} /> },
  ]
  return (
    <SidePane
      pane={pane}
      tabs={tabs}
      tab={tab}
      setTab={(chosen) => useView.setState({ tab: chosen === 'results' ? 'results' : 'events' })}
      lazy
      wide
      head={
        <>
          <Stats task={task} />
          <ClassChart task={task} footage={footage} />
          <TrackCard task={task} />
        </>
      }
      foot={<Foot task={task} />}
    />
  )
}

function useTrackCount(): number {
  return useRecord().tracks.length
}

/** How much of the stream was read. */
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
