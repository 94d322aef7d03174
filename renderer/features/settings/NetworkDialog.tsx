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
      title="Allow other computers?"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes.body}>
        <dl className={classes.facts}>
          <dt>Who gets access</dt>
          <dd>
            Any device on the same network that has one of your keys. Hotel and café networks are full of strangers;
            without a key they see no video. Revoke a key to end its access.
          </dd>
          <dt>What is transferred</dt>
          <dd>
            Footage and keys, encrypted with a certificate that this computer creates. No other service is involved.
          </dd>
          <dt>Why a browser warns once</dt>
          <dd>
            The certificate is not issued by a public authority, so on the first visit a browser says that the
            connection is not private. Open the certificate there, compare its SHA-256 fingerprint with the one shown
            here, and continue only if they match.
          </dd>
        </dl>
        <p>Access stays on until you switch it off, even after a restart.</p>
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button onClick={onConfirm}>Allow access</Button>
        </div>
      </div>
    </Modal>
  )
}
