import type { LastRebuild, MaintenanceState } from '../../../main/contract/index.ts'
import { count, size } from '../../shared/format/size.ts'
import { dateTime } from '../../shared/format/time.ts'

/** What a rebuild that ended brought back: `3 films are back, 1 thing could not be brought back`. */
export function broughtBack({ films, uploads, findings }: Pick<LastRebuild, 'films' | 'uploads' | 'findings'>): string {
  const parts = [
    films > 0 || uploads === 0 ? areBack(films, 'film') : '',
    uploads > 0 ? areBack(uploads, 'unfinished upload') : '',
    findings.length > 0 ? `${count(findings.length, 'thing')} could not be brought back` : '',
  ]
  return parts.filter((part) => part !== '').join(', ')
}

/** What a rebuild is for, what it would find now, and how the last one went. */
export function rebuildHint({ unlisted, lastRebuild }: Pick<MaintenanceState, 'unlisted' | 'lastRebuild'>): string {
  const { films, bytes } = unlisted
  const now =
    films > 0
      ? `${count(films, 'film')} of ${size(bytes)} ${films === 1 ? 'lies' : 'lie'} in this folder or in quarantine, and the library does not list ${films === 1 ? 'it' : 'them'}.`
      : 'Brings back every film that lies in the data folder and that the library does not list, with its title and tags.'
  if (!lastRebuild) return now
  const { finishedAt, errorMessage } = lastRebuild
  const when = dateTime(finishedAt)
  if (errorMessage !== null) return `${now} The rebuild on ${when} did not end: ${errorMessage}`
  return `${now} Rebuilt on ${when}: ${broughtBack(lastRebuild)}.`
}

function areBack(amount: number, what: string): string {
  if (amount === 0) return `no ${what} came back`
  return `${count(amount, what)} ${amount === 1 ? 'is' : 'are'} back`
}
