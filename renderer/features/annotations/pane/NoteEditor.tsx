import { Button, Textarea, TextInput } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { type KeyboardEvent, type SubmitEvent, useState } from 'react'
import { type Video, WebUrl } from '../../../../main/contract/index.ts'
import { toastDone } from '../../../shared/ui/toast.tsx'
import { ControlButton } from '../../../shared/player/controls/ControlButton.tsx'
import { noteTime, TITLE_ID } from '../note-actions.ts'
import { NOTE_TYPES, TYPE_ORDER } from '../note-types.ts'
import type { Draft, Notes } from '../notes.ts'
import { Pens } from '../Pens.tsx'
import { useNoteChanges } from '../useNoteChanges.ts'
import { usePosition } from '../../../shared/player/player.ts'
import { useNotes, useNotesPlayer } from '../notes-context.ts'
import classes from './NoteEditor.module.css'

interface NoteEditorProps {
  draft: Draft
  video: Video
}

/** Where a note is written or changed. `Ctrl Enter` keeps it, `Esc` leaves it. */
export function NoteEditor({ draft, video }: NoteEditorProps) {
  const notes = useNotes()
  const { save, saving, error } = useNoteChanges(video.videoId)
  const [checked, setChecked] = useState(false)
  const badUrl = draft.url.trim() !== '' && !WebUrl.safeParse(draft.url.trim()).success
  const ready = draft.title.trim() !== '' && !badUrl && !saving
  const keep = (): void => {
    setChecked(true)
    if (ready) save(draft)
  }
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    keep()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    // Arrows choose a type here, and the space bar presses what is focused: neither is the player's.
    if (/^(Arrow.*| )$/.test(event.key)) event.stopPropagation()
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) keep()
    else if (event.key === 'Escape') leave(notes, draft)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <form
      className={classes.editor}
      aria-label={draft.annotationId === null ? 'New note' : 'Change the note'}
      onSubmit={onSubmit}
      onKeyDown={onKeyDown}
      noValidate
    >
      <Place draft={draft} />
      <Types draft={draft} />
      <TextInput
        id={TITLE_ID}
        aria-label="Title"
        placeholder="Title"
        maxLength={255}
        value={draft.title}
        error={checked && draft.title.trim() === '' && 'A note needs a title.'}
        onChange={({ currentTarget }) => notes.change({ title: currentTarget.value })}
      />
      <Textarea
        aria-label="Text"
        placeholder="Text"
        autosize
        minRows={2}
        maxRows={6}
        maxLength={10_000}
        value={draft.description}
        onChange={({ currentTarget }) => notes.change({ description: currentTarget.value })}
      />
      <TextInput
        aria-label="Link"
        placeholder="Link, https://…"
        maxLength={2048}
        value={draft.url}
        error={checked && badUrl && 'A link begins with https:// or http://.'}
        onChange={({ currentTarget }) => notes.change({ url: currentTarget.value })}
      />
      {error && (
        <p className={classes.error} role="alert">
          {error.message}
        </p>
      )}
      <div className={classes.foot}>
        <Drawings draft={draft} />
        <Button variant="subtle" color="gray" px={8} onClick={() => leave(notes, draft)}>
          Cancel
        </Button>
        <Button type="submit" loading={saving}>
          {draft.annotationId === null ? 'Add note' : 'Save'}
        </Button>
      </div>
    </form>
  )
}

/** When the note is, and the way to put it where the picture is now. */
function Place({ draft }: { draft: Draft }) {
  const player = useNotesPlayer()
  const { playback, notes } = player
  const own = playback.timecode(draft.timestamp)
  const now = usePosition((time) => playback.timecode(time))
  return (
    <div className={classes.place}>
      <button
        type="button"
        className={classes.time}
        title="Go there"
        onClick={() => playback.seekToFrame(draft.timestamp)}
      >
        {own}
      </button>
      {now !== own && (
        <Button variant="subtle" h={22} px={6} fz={12} onClick={() => notes.change({ timestamp: noteTime(player) })}>
          Move to {now}
        </Button>
      )}
    </div>
  )
}

function Types({ draft }: { draft: Draft }) {
  const notes = useNotes()
  return (
    <div className={classes.types} role="radiogroup" aria-label="Type">
      {TYPE_ORDER.map((type) => {
        const { name, icon: Icon, colour } = NOTE_TYPES[type]
        return (
          <label key={type} className={classes.type} data-on={draft.type === type || undefined}>
            <input
              type="radio"
              name="note-type"
              checked={draft.type === type}
              onChange={() => notes.change({ type })}
            />
            <Icon size={14} stroke={1.75} color={`var(--fr-${colour})`} aria-hidden />
            {name}
          </label>
        )
      })}
    </div>
  )
}

function Drawings({ draft: { drawings } }: { draft: Draft }) {
  const notes = useNotes()
  return (
    <div className={classes.pens}>
      <Pens />
      {drawings.length > 0 && (
        <ControlButton
          name={`Undo the last of ${drawings.length} drawings`}
          icon={IconArrowBackUp}
          onClick={notes.undoDrawing}
        />
      )}
    </div>
  )
}

/** What was written is not lost by a slip: it can be had back. */
function leave(notes: Notes, draft: Draft): void {
  notes.close()
  const written = draft.title.trim() !== '' || draft.description.trim() !== '' || draft.drawings.length > 0
  if (draft.annotationId === null && written)
    toastDone('Note discarded.', { label: 'Continue writing', run: () => notes.open(draft) })
}
