import { Button, Modal } from '@mantine/core'
import classes from './NetworkDialog.module.css'

interface NetworkDialogProps {
  opened: boolean
  onClose: () => void
  onConfirm: () => void
}

/** Says what letting others in means, before it is done: "LAN only by an explicit, explained choice". */
export function NetworkDialog({ opened, onClose, onConfirm }: NetworkDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={520}
      title="Let other computers in?"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes.body}>
        <dl className={classes.facts}>
          <dt>Who can come in</dt>
          <dd>
            Any device in the same network that shows one of your keys. In a hotel or a café that network is full of
            strangers; without a key they see no video. Withdraw a key to shut out who has it.
          </dd>
          <dt>What travels</dt>
          <dd>Footage and keys, encrypted. This computer makes the certificate for it; no other service is asked.</dd>
          <dt>Why a browser warns once</dt>
          <dd>
            No public authority vouches for that certificate, so at the first visit a browser says the connection is not
            private. Look at the certificate there, compare its SHA-256 fingerprint with the one shown here, and go on
            only if they are the same.
          </dd>
        </dl>
        <p>It stays on until you switch it off, also after a restart.</p>
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button onClick={onConfirm}>Let them in</Button>
        </div>
      </div>
    </Modal>
  )
}
