import { IconAlertTriangle, IconCircleCheck, IconCopy, type TablerIcon } from '@tabler/icons-react'
import { Link } from 'wouter'
import type { Import } from '../../../main/contract/index.ts'
import { videoPath } from '../../app/places.ts'
import { type ImportState, partsOf, type Stage } from './import-state.ts'
import { PartBlocks } from './PartBlocks.tsx'
import classes from './ImportRow.module.css'

const ICONS: Partial<Record<Stage, TablerIcon>> = {
  failed: IconAlertTriangle,
  stuck: IconAlertTriangle,
  ready: IconCircleCheck,
  here: IconCopy,
}

interface ImportStatusProps {
  import: Import
  state: ImportState
}

/** Where a file stands: in words, in numbers, and as a bar while that is worth a look. */
export function ImportStatus({ import: one, state }: ImportStatusProps) {
  const { stage, text, note, percent } = state
  const Icon = ICONS[stage]
  return (
    <div className={classes.status}>
      <div className={classes.line}>
        <span className={classes.text}>
          {Icon && <Icon size={16} stroke={1.75} aria-hidden />}
          <span className={classes.words} title={text}>
            {text}
          </span>
        </span>
        {one.duplicateOf ? (
          <Link href={videoPath(one.duplicateOf.videoId)} className={classes.link}>
            {one.duplicateOf.title}
          </Link>
        ) : (
          <span className={classes.note}>{note}</span>
        )}
      </div>
      {hasParts(one, stage) && (
        <PartBlocks
          total={partsOf(one)}
          stored={one.partsStored}
          inFlight={one.partsInFlight}
          failed={stage === 'failed'}
        />
      )}
      {percent !== null && (
        <div className={classes.bar} role="progressbar" aria-label={text} aria-valuenow={percent}>
          <div style={{ width: `${percent}%` }} />
        </div>
      )}
    </div>
  )
}

/** Parts are shown until the last is checked, and of a failed import while it keeps some and lacks others. */
function hasParts({ totalParts, partsStored }: Import, stage: Stage): boolean {
  if (stage === 'failed') return partsStored > 0 && partsStored < totalParts
  return stage === 'waiting' || stage === 'uploading' || stage === 'checking'
}
