import { type ReactNode, useState } from 'react'
import { useKeys } from '../../shared/keys/useKeys.ts'
import { usePlayer } from '../../shared/player/player.ts'
import { useOpenVideo } from '../../shared/video-page/open-video.ts'
import { goToNeighbour, writeNote } from './note-actions.ts'
import { NOTE_KEYS } from './note-keys.ts'
import { NotesContext } from './notes-context.ts'
import { createNotes } from './notes.ts'
import { useVideoNotes } from './useVideoNotes.ts'

/** Keeps the notes of the open video, and obeys their keys. */
export function NotesProvider({ children }: { children: ReactNode }) {
  const [notes] = useState(createNotes)
  const player = { ...usePlayer(), notes }
  const { video, pane, fullScreen } = useOpenVideo()
  useVideoNotes(player, video.videoId)
  const commands = {
    addNote: () => {
      fullScreen.leave()
      pane.open()
      writeNote(player)
    },
    nextNote: () => goToNeighbour(player, 1),
    previousNote: () => goToNeighbour(player, -1),
  }
  useKeys(NOTE_KEYS, (command) => commands[command]())
  return <NotesContext value={notes}>{children}</NotesContext>
}
