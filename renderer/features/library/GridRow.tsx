import { dayWords, type Day, type Row } from './rows.ts'
import { GAP } from '../../shared/grid/columns.ts'
import { useSelection } from './selection.ts'
import { VideoCard } from './VideoCard.tsx'
import classes from './VideoGrid.module.css'

interface GridRowProps {
  row: Row
  index: number
  /** Pixels from the top of the grid. */
  top: number
  columns: number
  /** The one video that Tab reaches. */
  tabStop: string | null
}

export function GridRow({ row, index, top, columns, tabStop }: GridRowProps) {
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
      {row.videos.map((video) => (
        <VideoCard
          key={video.videoId}
          video={video}
          selected={selected.has(video.videoId)}
          tabStop={video.videoId === tabStop}
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
