import { Modal } from '@mantine/core'
import { createApiKey } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { NewKeyForm } from './NewKeyForm.tsx'
import { ShownOnce } from './ShownOnce.tsx'

interface NewKeyDialogProps {
  opened: boolean
  onClose: () => void
}

/** Asks what the key is for, then shows it: the only time it can be read. */
export function NewKeyDialog({ opened, onClose }: NewKeyDialogProps) {
  const make = useAct(createApiKey, 'keys')
  const made = make.data
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={make.reset}
      title={made ? 'Copy the key now' : 'New API key'}
      // A stray click must not throw away what is shown once.
      closeOnClickOutside={!made}
    >
      {made ? (
        <ShownOnce apiKey={made.apiKey} name={made.key.name} onClose={onClose} />
      ) : (
        <NewKeyForm
          onSubmit={make.mutate}
          onCancel={onClose}
          pending={make.isPending}
          problem={make.error?.message ?? null}
        />
      )}
    </Modal>
  )
}
