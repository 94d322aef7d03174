import type { LastRebuild, MaintenanceState } from '../../../main/contract/index.ts'
import { count, size } from '../../shared/format/size.ts'
import { dateTime } from '../../shared/format/time.ts'

/** What a rebuild that ended brought back: `3 videos are back, 1 thing could not be restored`. */
export function broughtBack({
  videos,
  uploads,
  findings,
}: Pick<LastRebuild, 'videos' | 'uploads' | 'findings'>): string {
  const parts = [
    videos > 0 || uploads === 0 ? areRestored(videos, 'video') : '',
    uploads > 0 ? areRestored(uploads, 'unfinished upload') : '',
    findings.length > 0 ? `${count(findings.length, 'item')} could not be restored` : '',
  ]
  return parts.filter((part) => part !== '').join(', ')
}

/** What a rebuild is for, what it would find now, and how the last one went. */
export function rebuildHint({ unlisted, lastRebuild }: Pick<MaintenanceState, 'unlisted' | 'lastRebuild'>): string {
  const { videos, bytes } = unlisted
  const now =
    videos > 0
      ? `${count(videos, 'video')} (${size(bytes)}) in the data folder or in quarantine ${videos === 1 ? 'is' : 'are'} not in the library.`
      : 'Restores every video in the data folder that is not in the library, with its title and tags.'
  if (!lastRebuild) return now
  const { finishedAt, errorMessage } = lastRebuild
  const when = dateTime(finishedAt)
  if (errorMessage !== null) return `${now} The rebuild on ${when} did not finish: ${errorMessage}`
  return `${now} Rebuilt on ${when}: ${broughtBack(lastRebuild)}.`
}

function areRestored(amount: number, what: string): string {
  return amount === 0 ? `no ${what} restored` : `${count(amount, what)} restored`
}
