import { Button, Group, Modal, Text } from '@mantine/core'

interface NetworkDialogProps {
  opened: boolean
  onClose: () => void
  onConfirm: () => void
}

const FACTS = [
  {
    name: 'Who gets access',
    text: 'Any device on the same network that has one of your keys. Hotel and café networks are full of strangers; without a key they see no video. Revoke a key to end its access.',
  },
  {
    name: 'What is transferred',
    text: 'Footage and keys, encrypted with a certificate that this computer creates. No other service is involved.',
  },
  {
    name: 'Why a browser warns once',
    text: 'The certificate is not issued by a public authority, so on the first visit a browser says that the connection is not private. Open the certificate there, compare its SHA-256 fingerprint with the one shown here, and continue only if they match.',
  },
]

/** Explains network access before it is switched on. */
export function NetworkDialog({ opened, onClose, onConfirm }: NetworkDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} size={520} title="Allow other computers?">
      {FACTS.map(({ name, text }) => (
        <div key={name}>
          <Text fw={500}>{name}</Text>
          <Text c="var(--fr-t2)" mt={2} mb={12}>
            {text}
          </Text>
        </div>
      ))}
      <Text c="var(--fr-t2)">Access stays on until you switch it off, even after a restart.</Text>
      <Group justify="flex-end" gap={8} mt={16}>
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button onClick={onConfirm}>Allow access</Button>
      </Group>
    </Modal>
  )
}
