import { IconArrowUpRight, IconRectangle, IconScribble, type TablerIcon } from '@tabler/icons-react'
import { ControlButton } from '../../shared/player/controls/ControlButton.tsx'
import { usePlaybackState } from '../../shared/player/player.ts'
import { useNotesPlayer, useNotesState } from './notes-context.ts'
import { MOST_DRAWINGS, type Pen } from './notes.ts'

const PENS: readonly { readonly pen: Pen; readonly name: string; readonly icon: TablerIcon }[] = [
  { pen: 'box', name: 'Draw a box', icon: IconRectangle },
  { pen: 'arrow', name: 'Draw an arrow', icon: IconArrowUpRight },
  { pen: 'freehand', name: 'Draw by hand', icon: IconScribble },
]

/** Takes a pen up to draw on the frame of the note, or puts it down. */
export function Pens() {
  const { playback, notes } = useNotesPlayer()
  const held = useNotesState((state) => state.pen)
  const full = useNotesState(({ draft }) => (draft?.drawings.length ?? 0) >= MOST_DRAWINGS)
  const ready = usePlaybackState((state) => state.ready)
  const take = (pen: Pen): void => {
    const { draft } = notes.state.getState()
    if (held === pen || !draft) return notes.take(null)
    playback.pause()
    // A drawing belongs to one frame.
    if (held === null) playback.seekToFrame(draft.timestamp)
    notes.take(pen)
  }
  return PENS.map(({ pen, name, icon }) => (
    <ControlButton
      key={pen}
      name={full ? 'A note takes 50 drawings at most' : name}
      icon={icon}
      on={held === pen}
      disabled={!ready || full}
      aria-pressed={held === pen}
      onClick={() => take(pen)}
    />
  ))
}
