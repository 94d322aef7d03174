import { ActionIcon } from '@mantine/core'
import { IconHistory, IconX } from '@tabler/icons-react'
import { create } from 'zustand'
import type { Import } from '../../../main/contract/index.ts'
import { count } from '../../shared/format/size.ts'
import { resumedImports } from './resumed-imports.ts'
import classes from './ResumedNotice.module.css'

/** Outlives the page: what was closed once does not come back before the next start. */
const useClosed = create<{ closed: boolean }>(() => ({ closed: false }))

/** Tells, after a start that found uploads under way, that they go on and nothing is lost. */
export function ResumedNotice({ imports }: { imports: readonly Import[] }) {
  const closed = useClosed((state) => state.closed)
  const taken = resumedImports(imports).length
  if (closed || taken === 0) return null
  return (
    <div className={classes.notice} role="note">
      <IconHistory size={16} stroke={1.75} aria-hidden />
      <p>
        <strong>Picked up where it stopped.</strong> {count(taken, 'upload was', 'uploads were')} running when Fieldreel
        closed. Nothing is copied twice.
      </p>
      <ActionIcon size={26} aria-label="Close" onClick={() => useClosed.setState({ closed: true })}>
        <IconX size={16} stroke={1.75} />
      </ActionIcon>
    </div>
  )
}
