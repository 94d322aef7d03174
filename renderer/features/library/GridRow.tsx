import { dayWords, type Day, type Row } from './rows.ts'
import { GAP } from '../../shared/grid/columns.ts'
import { useSelection } from './selection.ts'
import { VideoCell } from './VideoCard.tsx'
import type { VideoSequence } from './video-sequence.ts'
import classes from './VideoGrid.module.css'

interface GridRowProps {
  row: Row
  index: number
  /** Pixels from the top of the grid. */
  top: number
  columns: number
  videos: VideoSequence
  /** The place of the one video that Tab reaches. */
  tabStop: number
}

export function GridRow({ row, index, top, columns, videos, tabStop }: GridRowProps) {
  const selected = useSelection((selection) => selection.selected)
  const place = { transform: `translateY(${top}px)` }
  if (row.kind === 'day') {
    return (
      <div role="row" aria-rowindex={index + 1} className={classes.day} style={place}>
        <DayHeading day={row.day} columns={columns} />
      </div>
    )
  }
  const template = { gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, columnGap: GAP }
  return (
    <div role="row" aria-rowindex={index + 1} className={classes.row} style={{ ...place, ...template }}>
      {videos.slice(row.from, row.to).map((videoId, column) => (
        <VideoCell
          key={videoId}
          videoId={videoId}
          selected={selected.has(videoId)}
          tabStop={row.from + column === tabStop}
        />
      ))}
    </div>
  )
}

function DayHeading({ day, columns }: { day: Day; columns: number }) {
  const [name, facts] = dayWords(day)
  return (
    <div role="rowheader" aria-colspan={columns} className={classes.dayText}>
      <h2>{name}</h2>
      {facts}
    </div>
  )
}
