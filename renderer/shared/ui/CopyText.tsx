import { ActionIcon, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import classes from './CopyText.module.css'

interface CopyTextProps {
  text: string
  /** What the text is, for the name of its button: `Copy data folder`. */
  what: string
}

/** A path, a URL or an id: it can be selected, and copied by one press. */
export function CopyText({ text, what }: CopyTextProps) {
  return (
    <span className={classes.copy}>
      <code className={classes.text} title={text}>
        {text}
      </code>
      <CopyIcon text={text} what={what} />
    </span>
  )
}

/** A button that copies a text. */
export function CopyIcon({ text, what }: CopyTextProps) {
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : `Copy ${what}`}>
          <ActionIcon size={26} aria-label={copied ? 'Copied' : `Copy ${what}`} onClick={copy}>
            {copied ? <IconCheck size={16} stroke={1.75} color="var(--fr-ok)" /> : <IconCopy size={16} stroke={1.75} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  )
}
