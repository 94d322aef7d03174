import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCopy,
  IconDatabaseExclamation,
  IconDeviceSdCard,
  IconLock,
  IconPlayerPause,
  type TablerIcon,
} from '@tabler/icons-react'
import { Link } from 'wouter'
import type { Import } from '../../../main/contract/index.ts'
import { videoPath } from '../../shared/navigation/paths.ts'
import { Progress } from '../../shared/ui/Progress.tsx'
import { type ImportState, partsOf, type Stage } from './import-state.ts'
import { PartBlocks, type PartsTone } from './PartBlocks.tsx'
import classes from './ImportRow.module.css'

const ICONS: Partial<Record<Stage, TablerIcon>> = {
  paused: IconPlayerPause,
  failed: IconAlertTriangle,
  stuck: IconAlertTriangle,
  ready: IconCircleCheck,
  here: IconCopy,
}

const WAIT_ICONS: Record<NonNullable<Import['waitingFor']>, TablerIcon> = {
  source: IconDeviceSdCard,
  space: IconDatabaseExclamation,
  permission: IconLock,
}

interface ImportStatusProps {
  id: string
  import: Import
  state: ImportState
}

/** Where a file stands: in words, in numbers, and as a bar while that is worth a look. */
export function ImportStatus({ id, import: one, state }: ImportStatusProps) {
  const { stage, text, note, percent } = state
  const Icon = one.waitingFor ? WAIT_ICONS[one.waitingFor] : ICONS[stage]
  return (
    <div className={classes.status}>
      <div className={classes.line}>
        <span id={id} className={classes.text}>
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
          tone={TONES[stage] ?? 'running'}
        />
      )}
      {percent !== null && <Progress percent={percent} name={text} />}
    </div>
  )
}

const TONES: Partial<Record<Stage, PartsTone>> = {
  failed: 'failed',
  paused: 'paused',
  waiting: 'paused',
  blocked: 'paused',
}

/** Parts are shown while they are copied or wait for it, and of a failed import while it keeps some and lacks others. */
function hasParts({ totalParts, partsStored }: Import, stage: Stage): boolean {
  if (stage === 'failed') return partsStored > 0 && partsStored < totalParts
  return stage === 'waiting' || stage === 'blocked' || stage === 'paused' || stage === 'uploading'
}
