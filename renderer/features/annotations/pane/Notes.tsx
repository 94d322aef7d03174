import { Button, UnstyledButton } from '@mantine/core'
import { IconNote } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useOpenVideo } from '../../../shared/video-page/open-video.ts'
import { writeNote } from '../note-actions.ts'
import { NOTE_TYPES, TYPE_ORDER } from '../note-types.ts'
import { countTypes, shownNotes } from '../notes.ts'
import { useNotes, useNotesPlayer, useNotesState } from '../notes-context.ts'
import { NoteEditor } from './NoteEditor.tsx'
import { NoteList } from './NoteList.tsx'
import classes from './Notes.module.css'

/** The notes of a video in the order of time, and the place to write one. */
export function Notes() {
  const { video } = useOpenVideo()
  const all = useNotesState((state) => state.all)
  const types = useNotesState((state) => state.types)
  const draft = useNotesState((state) => state.draft)
  const shown = useMemo(() => shownNotes({ all, types }), [all, types])
  return (
    <>
      {all.length > 0 && <TypeChips />}
      {all.length === 0 && draft === null && <Empty />}
      {all.length > 0 && shown.length === 0 && <NoneShown />}
      {shown.length > 0 ? <NoteList notes={shown} video={video} /> : <div className={classes.room} />}
      {draft ? <NoteEditor key={draft.annotationId} draft={draft} video={video} /> : <AddNote />}
    </>
  )
}

/** One chip a type that there are notes of. */
function TypeChips() {
  const notes = useNotes()
  const all = useNotesState((state) => state.all)
  const types = useNotesState((state) => state.types)
  const counts = useMemo(() => countTypes(all), [all])
  return (
    <div className={classes.chips} role="group" aria-label="Types shown">
      {TYPE_ORDER.filter((type) => counts[type] !== undefined || types.has(type)).map((type) => {
        const { name, icon: Icon, colour } = NOTE_TYPES[type]
        return (
          <UnstyledButton
            key={type}
            className={classes.chip}
            aria-pressed={types.has(type)}
            data-on={types.has(type) || undefined}
            onClick={() => notes.toggleType(type)}
          >
            <Icon size={14} stroke={1.75} color={`var(--fr-${colour})`} aria-hidden />
            {name} <span className={classes.count}>{counts[type] ?? 0}</span>
          </UnstyledButton>
        )
      })}
    </div>
  )
}

function AddNote() {
  const player = useNotesPlayer()
  return (
    <div className={classes.foot}>
      <UnstyledButton className={classes.add} onClick={() => writeNote(player)}>
        Add a note here <kbd>N</kbd>
      </UnstyledButton>
    </div>
  )
}

function Empty() {
  return (
    <div className={classes.empty}>
      <IconNote size={20} stroke={1.5} aria-hidden />
      <strong>No notes yet</strong>
      <p>
        A note belongs to one frame: pause there and press <kbd>N</kbd>. You can draw a box, an arrow or a line on it.
      </p>
    </div>
  )
}

function NoneShown() {
  const notes = useNotes()
  return (
    <div className={classes.empty} role="status">
      <strong>No notes of these types</strong>
      <Button variant="default" mt={8} onClick={notes.showAllTypes}>
        Show all
      </Button>
    </div>
  )
}
