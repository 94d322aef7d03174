import { useElementSize } from '@mantine/hooks'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { GridRow } from './GridRow.tsx'
import { DAY_HEIGHT, rowsOf, rowWith, TEXT_HEIGHT } from './rows.ts'
import { columnsIn, rowHeight } from '../../shared/grid/columns.ts'
import { useSelection } from './selection.ts'
import { useGridInput } from './useGridInput.ts'
import { useVirtualRows } from '../../shared/grid/useVirtualRows.ts'
import type { VideoSequence } from './video-sequence.ts'
import { useView, useVisit } from './view.ts'
import classes from './VideoGrid.module.css'

/** The videos as cards, under days when they are in order of time; only what is in sight is in the page. */
export function VideoGrid({ videos }: { videos: VideoSequence }) {
  const thumbWidth = useView((view) => view.thumbWidth)
  const active = useSelection((selection) => selection.active)
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: sizer, width } = useElementSize()
  const columns = columnsIn(width, thumbWidth)
  const rows = useMemo(() => (width > 0 ? rowsOf(videos.length, videos.days, columns) : []), [videos, columns, width])
  const activePlace = useMemo(() => videos.indexOf(active), [videos, active])
  const tabStop = Math.max(0, activePlace)
  const cardsHeight = rowHeight(width, columns, TEXT_HEIGHT)
  const virtualizer = useVirtualRows(scroller, {
    count: rows.length,
    heightOf: useCallback((row: number) => (rows[row]?.kind === 'day' ? DAY_HEIGHT : cardsHeight), [rows, cardsHeight]),
    activeRow: rowWith(rows, tabStop),
    paddingStart: 10,
    initialOffset: () => useVisit.getState().scrollOffset,
  })
  useEffect(() => () => useVisit.setState({ scrollOffset: virtualizer.scrollOffset ?? 0 }), [virtualizer])
  const input = useGridInput(scroller, rows, videos, virtualizer)
  return (
    <div ref={scroller} className={classes.scroller}>
      <div ref={sizer} className={classes.sizer} />
      <div
        role="grid"
        aria-label="Videos"
        aria-multiselectable
        aria-rowcount={rows.length}
        aria-colcount={columns}
        className={classes.grid}
        style={{ height: virtualizer.getTotalSize() }}
        {...input}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index]
          return (
            row && (
              <GridRow
                key={key}
                row={row}
                index={index}
                top={start}
                columns={columns}
                videos={videos}
                tabStop={tabStop}
              />
            )
          )
        })}
      </div>
    </div>
  )
}
