import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { Annotation, Video } from '../../../../main/contract/index.ts'
import { useNotesState } from '../notes-context.ts'
import { NoteRow } from './NoteRow.tsx'
import classes from './Notes.module.css'

const ROW_HEIGHT = 72

/** The selected note is kept in sight. */
export function NoteList({ notes, video }: { notes: readonly Annotation[]; video: Video }) {
  const scroller = useRef<HTMLDivElement>(null)
  const selected = useNotesState((state) => state.selected)
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by what it returns
  const rows = useVirtualizer({
    count: notes.length,
    getScrollElement: () => scroller.current,
    getItemKey: (row) => notes[row]?.annotationId ?? row,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
  })
  const row = notes.findIndex(({ annotationId }) => annotationId === selected)
  useEffect(() => {
    if (row >= 0) rows.scrollToIndex(row, { align: 'auto' })
  }, [row, rows])
  return (
    <div ref={scroller} className={classes.scroller}>
      <div className={classes.list} role="list" aria-label="Notes" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const note = notes[index]
          return (
            note && (
              <div
                key={key}
                ref={rows.measureElement}
                data-index={index}
                className={classes.place}
                role="listitem"
                aria-setsize={notes.length}
                aria-posinset={index + 1}
                style={{ transform: `translateY(${start}px)` }}
              >
                <NoteRow note={note} video={video} selected={index === row} />
              </div>
            )
          )
        })}
      </div>
    </div>
  )
}
