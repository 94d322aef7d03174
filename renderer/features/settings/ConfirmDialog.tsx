import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './ApiKeys.module.css'

interface ConfirmDialogProps {
  opened: boolean
  title: string
  /** What cannot be undone, and what stays. */
  children: ReactNode
  /** What the button says: the verb. */
  verb: string
  isPending: boolean
  error: Error | null
  onConfirm: () => void
  onClose: () => void
}

/** "dialog only where undo is impossible, its button is the verb, focus on Cancel" */
export function ConfirmDialog({ opened, title, children, verb, isPending, error, ...call }: ConfirmDialogProps) {
  const { onConfirm, onClose } = call
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes.form}>
        <p>{children}</p>
        {error && (
          <p className={classes.problem} role="alert">
            {error.message}
          </p>
        )}
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button color="red" disabled={isPending} onClick={onConfirm}>
            {verb}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
