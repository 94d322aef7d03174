import { bridge } from '../shared/engine/bridge.ts'
import classes from './Brand.module.css'

/** The name at the head of the rail; the bar's part above the rail moves the window. */
export function Brand({ slim }: { slim: boolean }) {
  return (
    <div className={classes.brand} data-slim={slim || undefined} data-platform={bridge.platform}>
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden>
        <rect width="18" height="18" rx="4" fill="var(--fr-accent)" />
        <rect x="4" y="4.5" width="2" height="9" rx="0.6" fill="var(--fr-on-accent)" opacity="0.75" />
        <rect x="7" y="4.5" width="4" height="9" rx="0.6" fill="var(--fr-on-accent)" />
        <rect x="12" y="4.5" width="2" height="9" rx="0.6" fill="var(--fr-on-accent)" opacity="0.75" />
      </svg>
      {!slim && <span>Fieldreel</span>}
    </div>
  )
}
