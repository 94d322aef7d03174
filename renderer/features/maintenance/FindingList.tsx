import { Button } from '@mantine/core'
import { IconAlertTriangle, IconRefresh, type TablerIcon } from '@tabler/icons-react'
import { Link } from 'wouter'
import type { Finding } from '../../../main/contract/index.ts'
import { ShowMore, useMore } from '../../shared/ui/ShowMore.tsx'
import { useImport } from '../../shared/media/useImport.ts'
import { nameOf, problemOf, sortedFindings, type Weight, weightOf } from './condition.ts'
import section from '../../shared/settings/section.module.css'
import classes from './FindingList.module.css'

const ICONS: Readonly<Record<Weight, TablerIcon>> = {
  lost: IconAlertTriangle,
  'needs you': IconAlertTriangle,
  'heals itself': IconRefresh,
}

/** What verify or rebuild found, and what to do about it; the most serious first. Nothing without findings. */
export function FindingList({ label, findings }: { label: string; findings: readonly Finding[] }) {
  const { shown, rest, showMore } = useMore(sortedFindings(findings))
  if (findings.length === 0) return null
  return (
    <>
      <ul className={section.list} aria-label={label}>
        {shown.map((finding) => (
          <FindingRow key={`${finding.kind} ${finding.problem} ${finding.path}`} finding={finding} />
        ))}
      </ul>
      <ShowMore rest={rest} onClick={showMore} />
    </>
  )
}

function FindingRow({ finding }: { finding: Finding }) {
  const weight = weightOf(finding)
  const Icon = ICONS[weight]
  const { videoId, title, path, remedy, heals } = finding
  const name = nameOf(finding)
  return (
    <li className={classes.finding} data-weight={weight}>
      <Icon size={16} stroke={1.75} aria-hidden />
      <div className={classes.about}>
        <div className={classes.name}>{videoId ? <Link href={`/videos/${videoId}`}>{name}</Link> : name}</div>
        <div>{problemOf(finding)}</div>
        <div className={classes.remedy}>{remedy}</div>
        {title !== null && (
          <div className={classes.path}>
            <code className={section.code}>{path}</code>
          </div>
        )}
      </div>
      {heals === 'import' && <ImportAgain name={name} />}
    </li>
  )
}

function ImportAgain({ name }: { name: string }) {
  const { pickFiles } = useImport()
  return (
    <Button variant="default" h={26} flex="none" aria-label={`Import again: ${name}`} onClick={pickFiles}>
      Import again…
    </Button>
  )
}
