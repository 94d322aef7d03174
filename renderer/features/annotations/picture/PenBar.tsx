import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { ControlButton } from '../../../shared/player/controls/ControlButton.tsx'
import { keepFocus } from '../../../shared/ui/keep-focus.ts'
import { putPenDown } from '../note-actions.ts'
import { Pens } from '../Pens.tsx'
import { useNotesPlayer, useNotesState } from '../notes-context.ts'
import classes from './Drawn.module.css'

/** The pens, over the picture while one of them is held. */
export function PenBar() {
  const player = useNotesPlayer()
  const { notes } = player
  const none = useNotesState(({ draft }) => draft === null || draft.drawings.length === 0)
  return (
    <div
      className={classes.bar}
      role="toolbar"
      aria-label="Drawing"
      onMouseDown={keepFocus}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Pens />
      <span className={classes.gap} />
      <ControlButton
        name="Undo the last stroke (Ctrl Z)"
        icon={IconArrowBackUp}
        disabled={none}
        onClick={notes.undoDrawing}
      />
      <Button variant="subtle" h={30} px={10} onClick={() => putPenDown(player)}>
        Done
      </Button>
    </div>
  )
}
