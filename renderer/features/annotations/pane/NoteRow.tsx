import { ActionIcon, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCopy, IconPencil, IconScribble, IconTrash } from '@tabler/icons-react'
import { useClipboard } from '@mantine/hooks'
import type { Annotation, Video } from '../../../../main/contract/index.ts'
import { Hint } from '../../../shared/ui/Hint.tsx'
import { goToNote, rewriteNote } from '../note-actions.ts'
import { NOTE_TYPES } from '../note-types.ts'
import { useNoteChanges } from '../useNoteChanges.ts'
import { useNotesPlayer } from '../notes-context.ts'
import classes from './Notes.module.css'

interface NoteRowProps {
  note: Annotation
  video: Video
  selected: boolean
}

/** One note: pressing it goes to its frame. */
export function NoteRow({ note, video, selected }: NoteRowProps) {
  const player = useNotesPlayer()
  const { remove } = useNoteChanges(video.videoId)
  const { title, description, type, url, timestamp, authorName, drawings, outOfRange } = note
  const { icon: Icon, name, colour } = NOTE_TYPES[type]
  return (
    <div className={classes.row} data-selected={selected || undefined}>
      <UnstyledButton
        className={classes.jump}
        aria-current={selected || undefined}
        onClick={() => goToNote(player, note)}
      >
        <span className={classes.line}>
          <Icon size={16} stroke={1.75} color={`var(--fr-${colour})`} aria-label={name} />
          <span className={classes.time}>{player.playback.timecode(timestamp)}</span>
          {drawings.length > 0 && <IconScribble size={14} stroke={1.75} aria-label="With a drawing" />}
          <span className={classes.author}>{authorName}</span>
        </span>
        <span className={classes.title}>{title}</span>
        {description !== null && <span className={classes.text}>{description}</span>}
        {outOfRange && (
          <span className={classes.flag}>
            <IconAlertTriangle size={14} stroke={1.75} aria-hidden /> After the end
          </span>
        )}
      </UnstyledButton>
      {url !== null && <Link url={url} />}
      <span className={classes.actions}>
        <Hint name="Change">
          <ActionIcon size={26} aria-label={`Change “${title}”`} onClick={() => rewriteNote(player, note)}>
            <IconPencil size={16} stroke={1.75} />
          </ActionIcon>
        </Hint>
        <Hint name="Delete">
          <ActionIcon size={26} aria-label={`Delete “${title}”`} onClick={() => remove(note)}>
            <IconTrash size={16} stroke={1.75} />
          </ActionIcon>
        </Hint>
      </span>
    </div>
  )
}

/** This window opens no pages: an address is taken along. */
function Link({ url }: { url: string }) {
  const clipboard = useClipboard({ timeout: 2000 })
  return (
    <span className={classes.link}>
      <span className="selectable">{url}</span>
      <Hint name={clipboard.copied ? 'Copied' : 'Copy the link'}>
        <ActionIcon size={26} aria-label={`Copy ${url}`} onClick={() => clipboard.copy(url)}>
          <IconCopy size={14} stroke={1.75} />
        </ActionIcon>
      </Hint>
    </span>
  )
}
