import type { Annotation, Video } from '../../../../main/contract/index.ts'
import { VirtualRows } from '../../../shared/list/VirtualRows.tsx'
import { useNotesState } from '../notes-context.ts'
import { NoteRow } from './NoteRow.tsx'

/** The selected note is kept in sight. */
export function NoteList({ notes, video }: { notes: readonly Annotation[]; video: Video }) {
  const selected = useNotesState((state) => state.selected)
  const row = notes.findIndex(({ annotationId }) => annotationId === selected)
  return (
    <VirtualRows
      label="Notes"
      items={notes}
      idOf={({ annotationId }) => annotationId}
      rowHeight={72}
      inSight={row}
      align="auto"
    >
      {(note, index) => <NoteRow note={note} video={video} selected={index === row} />}
    </VirtualRows>
  )
}
