import { IconNote } from '@tabler/icons-react'
import type { VideoPagePart } from '../../shared/video-page/part.ts'
import { NotesLane } from './lane/NotesLane.tsx'
import { useNotesState } from './notes-context.ts'
import { NotesProvider } from './NotesProvider.tsx'
import { Notes } from './pane/Notes.tsx'
import { Drawn } from './picture/Drawn.tsx'

const useCount = (): number => useNotesState(({ all }) => all.length)

export const NOTES: VideoPagePart = {
  Provider: NotesProvider,
  Overlay: Drawn,
  lane: { name: 'Notes', icon: IconNote, height: 28, useCount, Content: NotesLane },
  tab: { id: 'notes', name: 'Notes', useCount, Content: Notes },
}
