import type { Annotation } from '../../../main/contract/index.ts'
import type { NotesPlayer } from './notes-context.ts'
import { useView } from '../../shared/player/view-store.ts'
import { type Draft, neighbour, shownNotes } from './notes.ts'

const BLANK: Omit<Draft, 'timestamp'> = {
  annotationId: null,
  title: '',
  description: '',
  type: 'info',
  url: '',
  drawings: [],
}

/** Where a note would lie now: at the frame on screen, seconds. */
export function noteTime({ playback }: NotesPlayer): number {
  const { arriving, duration } = playback.state.getState()
  const time = arriving ? playback.time : (playback.pictureTime ?? playback.time)
  // A last frame can begin behind the end that its file claims.
  return duration > 0 ? Math.min(time, duration) : time
}

/** Stops, and begins a note at the frame on screen. One that is being written is gone on with. */
export function writeNote(player: NotesPlayer): void {
  const { playback, notes } = player
  playback.pause()
  useView.getState().setTab('notes')
  if (notes.state.getState().draft === null) notes.open({ ...BLANK, timestamp: noteTime(player) })
  focusTitle()
}

/** Opens a note to be changed, at its frame. */
export function rewriteNote(player: NotesPlayer, note: Annotation): void {
  const { annotationId, timestamp, title, description, type, url, drawings } = note
  goToNote(player, note)
  useView.getState().setTab('notes')
  player.notes.open({ annotationId, timestamp, title, description: description ?? '', type, url: url ?? '', drawings })
  focusTitle()
}

/** Stops at the frame of a note, and shows what is drawn there. */
export function goToNote({ playback, notes }: NotesPlayer, { annotationId, timestamp }: Annotation): void {
  playback.pause()
  playback.seekToFrame(timestamp)
  notes.select(annotationId)
}

/** To the next note of those shown, or the one before. */
export function goToNeighbour(player: NotesPlayer, step: 1 | -1): void {
  const { playback, notes } = player
  const state = notes.state.getState()
  const at = { time: playback.time, selected: state.selected, frame: 1 / playback.frameRate }
  const note = neighbour(shownNotes(state), at, step)
  if (note) goToNote(player, note)
}

export const TITLE_ID = 'player-note-title'

/** Puts the pen down; writing goes on. */
export function putPenDown({ notes }: NotesPlayer): void {
  notes.take(null)
  focusTitle()
}

/** Once the pane that holds it is there. */
function focusTitle(): void {
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(TITLE_ID)?.focus()))
}
