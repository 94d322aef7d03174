import { Button, Group, Modal, Text } from '@mantine/core'
import type { ReactNode } from 'react'

interface ConfirmDialogProps {
  opened: boolean
  title: string
  /** What cannot be undone, and what stays. */
  children: ReactNode
  /** The button's text. */
  verb: string
  isPending?: boolean
  error?: Error | null
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that cannot be undone. The focus is on Cancel. */
export function ConfirmDialog({ opened, title, children, verb, isPending, error, ...call }: ConfirmDialogProps) {
  return (
    <Modal opened={opened} onClose={call.onClose} title={title}>
      <Text c="var(--fr-t2)">{children}</Text>
      {error && (
        <Text c="var(--fr-error)" mt={14} role="alert">
          {error.message}
        </Text>
      )}
      <Group justify="flex-end" gap={8} mt={16}>
        <Button variant="default" onClick={call.onClose} data-autofocus>
          Cancel
        </Button>
        <Button color="red" disabled={isPending ?? false} onClick={call.onConfirm}>
          {verb}
        </Button>
      </Group>
    </Modal>
  )
}
