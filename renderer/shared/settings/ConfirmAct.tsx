import type { ReactNode } from 'react'
import type { z } from 'zod'
import type { Operation } from '../../../main/contract/index.ts'
import { type Topic, useAct } from '../engine/queries.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { toastDone } from '../ui/toast.tsx'

interface ConfirmActProps<I extends z.ZodType, O extends z.ZodType> {
  operation: Operation<I, O>
  /** Of the operation; the dialog is open while there is one. */
  input: z.input<I> | null
  topics: readonly Topic[]
  title: string
  verb: string
  /** Said when it is done. */
  done: string
  /** What cannot be undone, and what stays. */
  children: ReactNode
  onClose: () => void
}

/** Asks before an operation that cannot be undone, runs it, and shows its error in the dialog. */
export function ConfirmAct<I extends z.ZodType, O extends z.ZodType>(props: ConfirmActProps<I, O>) {
  const { operation, input, topics, title, verb, done, children, onClose } = props
  const act = useAct(operation, ...topics)
  const close = (): void => {
    act.reset()
    onClose()
  }
  const onSuccess = (): void => {
    toastDone(done)
    close()
  }
  return (
    <ConfirmDialog
      opened={input !== null}
      title={title}
      verb={verb}
      isPending={act.isPending}
      error={act.error}
      onConfirm={() => input !== null && act.mutate(input, { onSuccess })}
      onClose={close}
    >
      {children}
    </ConfirmDialog>
  )
}
