import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { bridge } from '../engine/bridge.ts'

const UNDO_KEY = bridge.platform === 'darwin' ? '⌘ Z' : 'Ctrl Z'
const CLOSE = { 'aria-label': 'Close' }

interface Undo {
  readonly label?: string
  /** Whether Ctrl Z does the same. */
  readonly byKey?: boolean
  readonly run: () => void
}

/** Says in the past tense what was done; with a way back when there is one. @returns what takes the words back. */
export function toastDone(message: string, undo?: Undo): () => void {
  const id = crypto.randomUUID()
  const act = (): void => {
    notifications.hide(id)
    undo?.run()
  }
  notifications.show({
    id,
    icon: <IconCircleCheck size={18} stroke={1.75} color="var(--fr-ok)" />,
    color: 'transparent',
    closeButtonProps: CLOSE,
    message: undo ? (
      <span style={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 12 }}>
        {message}
        <Button variant="subtle" h={26} flex="none" rightSection={undo.byKey && <kbd>{UNDO_KEY}</kbd>} onClick={act}>
          {undo.label ?? 'Undo'}
        </Button>
      </span>
    ) : (
      message
    ),
  })
  return () => notifications.hide(id)
}

/** Says how far something is. @returns what says it anew, and what takes the words back. */
export function toastProgress(message: string): { say: (message: string) => void; hide: () => void } {
  const id = crypto.randomUUID()
  const shown = { id, loading: true, autoClose: false, withCloseButton: false }
  notifications.show({ ...shown, message })
  return {
    say: (next) => void notifications.update({ ...shown, message: next }),
    hide: () => void notifications.hide(id),
  }
}

/** Longer than what went well, for it may have to be acted on. Under a pointer or the focus it stays. */
const ERROR_MS = 20_000

/** Says what failed and what to do. It ends by itself: below it are controls. Said twice, it is shown once. */
export function toastError(message: string): void {
  notifications.show({
    id: message,
    icon: <IconAlertTriangle size={18} stroke={1.75} color="var(--fr-error)" />,
    color: 'transparent',
    closeButtonProps: CLOSE,
    message,
    autoClose: ERROR_MS,
    role: 'alert',
  })
}
