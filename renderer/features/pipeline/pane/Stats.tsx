import type { Task } from '../../../../main/contract/index.ts'
import { useCurrentFrame, useRecord } from '../session.ts'
import classes from './Stats.module.css'

/** The numbers of the moment. */
export function Stats({ task }: { task: Task }) {
  const record = useRecord()
  const frame = useCurrentFrame()
  const [from, to] = frame < 0 ? [0, 0] : record.targetsOf(frame)
  const read = Math.max(record.frameCount, record.frameCount > 0 ? 0 : task.processedFrames)
  return (
    <dl className={classes.stats}>
      <Stat name="In frame" value={to - from} />
      <Stat name="Tracks" value={record.tracks.length} />
      <Stat name="Analysed" value={read} />
      <Stat name="Skipped" value={record.dropped} />
      {record.unreadable > 0 && <Stat name="Unreadable" value={record.unreadable} />}
    </dl>
  )
}

function Stat({ name, value }: { name: string; value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value.toLocaleString('en-GB')}</dd>
    </div>
  )
}
