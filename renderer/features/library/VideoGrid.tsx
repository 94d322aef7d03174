import { useElementSize } from '@mantine/hooks'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { Video } from '../../../main/contract/index.ts'
import { GridRow } from './GridRow.tsx'
import { DAY_HEIGHT, rowsOf, rowWith, TEXT_HEIGHT } from './rows.ts'
import { columnsIn, rowHeight } from '../../shared/grid/columns.ts'
import { useSelection } from './selection.ts'
import { useGridInput } from './useGridInput.ts'
import { useVirtualRows } from '../../shared/grid/useVirtualRows.ts'
import type { LoadedVideos } from './useVideos.ts'
import { useView, useVisit } from './view.ts'
import classes from './VideoGrid.module.css'

/** Rows that are not in sight yet when the next page is asked for. */
const LOOKAHEAD = 12

interface VideoGridProps {
  loaded: LoadedVideos
  /** Those of the loaded videos that are shown. */
  videos: readonly Video[]
}

/** The videos as cards, under days when they are in order of time; only what is in sight is in the page. */
export function VideoGrid({ loaded, videos }: VideoGridProps) {
  const sort = useView((view) => view.sort)
  const thumbWidth = useView((view) => view.thumbWidth)
  const active = useSelection((selection) => selection.active)
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: sizer, width } = useElementSize()
  const columns = columnsIn(width, thumbWidth)
  const byDay = sort === 'newest' || sort === 'oldest'
  const rows = useMemo(
    () => (width > 0 ? rowsOf(videos, { columns, byDay, complete: loaded.complete }) : []),
    [videos, columns, byDay, loaded.complete, width],
  )
  const tabStop = rowWith(rows, active) === -1 ? (videos[0]?.videoId ?? null) : active
  const cardsHeight = rowHeight(width, columns, TEXT_HEIGHT)
  const virtualizer = useVirtualRows(scroller, {
    count: rows.length,
    heightOf: useCallback((row: number) => (rows[row]?.kind === 'day' ? DAY_HEIGHT : cardsHeight), [rows, cardsHeight]),
    keyOf: useCallback((row: number) => rows[row]?.key ?? row, [rows]),
    activeRow: rowWith(rows, tabStop),
    paddingStart: 10,
    initialOffset: () => useVisit.getState().scrollOffset,
  })
  useEffect(() => () => useVisit.setState({ scrollOffset: virtualizer.scrollOffset ?? 0 }), [virtualizer])
  const input = useGridInput(scroller, rows, videos, virtualizer)
  const items = virtualizer.getVirtualItems()
  useInSight(loaded, videos, rows.length, virtualizer.range)
  return (
    <div ref={scroller} className={classes.scroller}>
      <div ref={sizer} className={classes.sizer} />
      <div
        role="grid"
        aria-label="Videos"
        aria-multiselectable
        aria-rowcount={loaded.complete ? rows.length : -1}
        aria-colcount={columns}
        className={classes.grid}
        style={{ height: virtualizer.getTotalSize() }}
        {...input}
      >
        {items.map(({ index, key, start }) => {
          const row = rows[index]
          return row && <GridRow key={key} row={row} index={index} top={start} columns={columns} tabStop={tabStop} />
        })}
      </div>
    </div>
  )
}

/** Keeps what is in sight fresh, and asks for more before the end comes into sight. */
function useInSight(
  loaded: LoadedVideos,
  videos: readonly Video[],
  rowCount: number,
  range: { startIndex: number; endIndex: number } | null,
): void {
  const { loadMore, keepFresh } = loaded
  useEffect(() => {
    const start = range?.startIndex ?? 0
    const end = range?.endIndex ?? 0
    // Headings are few: rows stand for videos well enough to tell which pages are in sight.
    const perRow = videos.length / Math.max(1, rowCount)
    const at = (row: number) => videos[Math.min(videos.length - 1, Math.max(0, Math.round(row * perRow)))]?.videoId
    keepFresh(at(start - LOOKAHEAD), at(end + LOOKAHEAD))
    if (end >= rowCount - LOOKAHEAD) loadMore()
  })
}
