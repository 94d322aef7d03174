import { ActionIcon, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { fingerprintRows } from './server-address.ts'
import classes from './Fingerprint.module.css'

/** A certificate's fingerprint, whole and in short rows: two of them are compared by eye. */
export function Fingerprint({ fingerprint }: { fingerprint: string }) {
  return (
    <span className={classes.fingerprint}>
      <code className={classes.rows}>
        {fingerprintRows(fingerprint).map((row) => (
          <span key={row}>{row}</span>
        ))}
      </code>
      <CopyButton value={fingerprint}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : 'Copy fingerprint'}>
            <ActionIcon size={26} aria-label={copied ? 'Copied' : 'Copy fingerprint'} onClick={copy}>
              {copied ? (
                <IconCheck size={16} stroke={1.75} color="var(--fr-ok)" />
              ) : (
                <IconCopy size={16} stroke={1.75} />
              )}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </span>
  )
}
