import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import classes from './ApiKeys.module.css'

interface ShownOnceProps {
  apiKey: string
  name: string
  onClose: () => void
}

/** A new key in clear text. It is stored nowhere: what is not copied here is lost. */
export function ShownOnce({ apiKey, name, onClose }: ShownOnceProps) {
  return (
    <div className={classes.form}>
      <p>This is the key “{name}”. It is not stored in clear text and cannot be shown again.</p>
      <output className={classes.secret} aria-label="API key">
        {apiKey}
      </output>
      <div className={classes.buttons}>
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
      </div>
    </div>
  )
}
