import { create } from 'zustand'
import type { Media } from '../../../shared/media/media.ts'

/** What an album is being chosen for; null while nothing is. */
export const usePicker = create<{ readonly media: readonly Media[] | null }>()(() => ({ media: null }))

/** Asks which album to put these into. Nothing to put is nothing to ask. */
export function chooseAlbumFor(media: readonly Media[]): void {
  if (media.length > 0) usePicker.setState({ media })
}

export function closePicker(): void {
  usePicker.setState({ media: null })
}
