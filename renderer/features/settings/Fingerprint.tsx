import { CopyIcon } from '../../shared/ui/CopyText.tsx'
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
      <CopyIcon text={fingerprint} what="fingerprint" />
    </span>
  )
}
