import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { type Player, usePlayer } from '../../shared/player/player.ts'
import type { Notes, NotesState } from './notes.ts'

/** The player of a video and its notes. */
export interface NotesPlayer extends Player {
  readonly notes: Notes
}

export const NotesContext = createContext<Notes | null>(null)

export function useNotes(): Notes {
  const notes = useContext(NotesContext)
  if (!notes) throw new Error('A part of the notes stands outside a video page.')
  return notes
}

export function useNotesPlayer(): NotesPlayer {
  return { ...usePlayer(), notes: useNotes() }
}

/** Renders again only when what `select` picks changes. */
export function useNotesState<T>(select: (state: NotesState) => T): T {
  return useStore(useNotes().state, select)
}
