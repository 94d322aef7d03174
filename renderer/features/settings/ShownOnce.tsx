import { Button, CopyButton, Group, Text } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import classes from './ApiKeys.module.css'

interface ShownOnceProps {
  apiKey: string
  name: string
  onClose: () => void
}

/** A new key in clear text. It is not stored: this is the only time it can be copied. */
export function ShownOnce({ apiKey, name, onClose }: ShownOnceProps) {
  return (
    <>
      <Text c="var(--fr-t2)" mb={14}>
        This is the key “{name}”. It is not stored in clear text and cannot be shown again.
      </Text>
      <output className={classes.secret} aria-label="API key">
        {apiKey}
      </output>
      <Group justify="flex-end" gap={8} mt={14}>
        <Button variant="default" onClick={onClose}>
          Done
        </Button>
        <CopyButton value={apiKey} timeout={4000}>
          {({ copied, copy }) => (
            <Button
              data-autofocus
              leftSection={copied ? <IconCheck size={16} stroke={1.75} /> : <IconCopy size={16} stroke={1.75} />}
              onClick={copy}
            >
              {copied ? 'Copied' : 'Copy key'}
            </Button>
          )}
        </CopyButton>
      </Group>
    </>
  )
}
