import type { AuditEvent } from '../../../main/contract/index.ts'
import { plain } from '../../shared/format/plain.ts'
import { count } from '../../shared/format/size.ts'

export interface AuditWords {
  /** What was done, in the past tense, or what was tried. */
  readonly text: string
  /** What else is known, in short; empty when nothing is. */
  readonly note: string
  readonly tone: 'done' | 'refused' | 'signIn'
}

/** How a deed reads: done, and as what somebody tried. */
interface Phrase {
  readonly done: string
  readonly tried: string
  readonly note?: string
}

type Words = (target: string, details: AuditEvent['details']) => Phrase

const SHOWN_TO: Readonly<Record<string, string>> = {
  private: 'made private',
  unlisted: 'shared by link',
  public: 'made public',
}
const FILES: Readonly<Record<string, string>> = {
  results: 'Results',
  tracks: 'Tracks',
  sightings: 'Sightings',
  mot: 'Tracks (MOT)',
}

const plainly =
  (done: string, tried: string): Words =>
  () => ({ done, tried })
const thing =
  (kind: string, done: string, tried: string): Words =>
  (target) => ({ done: `${kind}${target} ${done}`, tried: `${tried} ${kind.toLowerCase()}${target}` })

const WORDS: Readonly<Record<string, Words>> = {
  'keys.create': (target, { scopes, userName }) => ({
    ...thing('Key ', 'made', 'make')(target, {}),
    note: [textOf(userName) && `for ${textOf(userName)}`, Array.isArray(scopes) ? scopes.join(', ') : '']
      .filter((part) => part !== '')
      .join(': '),
  }),
  'keys.update': (target, { change }) => thing('Key ', keyChange(change), 'change')(target, {}),
  'keys.delete': thing('Key ', 'withdrawn', 'withdraw'),
  'keys.setOwner': (target) => ({
    done: 'Owner’s key set at the start',
    tried: 'set the owner’s key',
    note: `${target}…`,
  }),
  'keys.makeOwner': (target) => ({ done: 'Owner’s key made', tried: 'make the owner’s key', note: `${target}…` }),
  'videos.delete': thing('Video ', 'deleted', 'delete'),
  'videos.restore': thing('Video ', 'brought back', 'bring back'),
  'catalogue.delete': thing('Video ', 'deleted', 'delete'),
  'albums.create': (target, { visibility }) => shown(target, visibility),
  'albums.update': (target, { visibility }) => shown(target, visibility),
  'albums.delete': thing('Album ', 'deleted', 'delete'),
  'albums.restore': thing('Album ', 'brought back', 'bring back'),
  'annotations.delete': thing('Note ', 'deleted', 'delete'),
  'annotations.restore': thing('Note ', 'brought back', 'bring back'),
  'tasks.remove': thing('Task ', 'removed', 'remove'),
  'tasks.results': (target) => ({ done: `Results of ${target} fetched`, tried: `fetch the results of ${target}` }),
  'tasks.openAnnotated': (target) => ({
    done: `Annotated video of ${target} fetched`,
    tried: `fetch the annotated video of ${target}`,
  }),
  'tasks.noteExport': (target, { file }) => {
    const what = FILES[textOf(file)] ?? 'Results'
    return { done: `${what} of ${target} saved as a file`, tried: `save ${what.toLowerCase()} of ${target}` }
  },
  'server.set': (_target, { running, network, port }) => ({
    done: `Local server switched ${running === false ? 'off' : 'on'}`,
    tried: `switch the local server ${running === false ? 'off' : 'on'}`,
    note: [
      typeof port === 'number' ? `port ${port}` : '',
      network === true ? 'other computers let in' : network === false ? 'this computer only' : '',
    ]
      .filter((part) => part !== '')
      .join(', '),
  }),
  'sceneSettings.set': plainly('Scene settings changed', 'change the scene settings'),
  'watched.add': thing('Folder ', 'is watched', 'watch'),
  'watched.remove': thing('Folder ', 'is no longer watched', 'stop watching'),
  'analytics.forgetViewers': plainly('Viewers forgotten', 'forget viewers'),
  'maintenance.setVerifySchedule': (_target, { schedule }) => ({
    done: schedule === 'off' ? 'Verifying by itself switched off' : `Verifying set to ${textOf(schedule)}`,
    tried: 'change how often the library is verified',
  }),
  'maintenance.backup': (target) => ({ done: `Backup to ${target} begun`, tried: `back up to ${target}` }),
  'maintenance.rebuild': plainly('Rebuilding begun', 'rebuild the library'),
  'maintenance.keepUnlisted': plainly('Empty library begun', 'begin an empty library'),
  'maintenance.restoreQuarantined': thing('', 'brought back from quarantine', 'bring back from quarantine'),
  'maintenance.deleteQuarantined': thing('', 'deleted from quarantine for good', 'delete from quarantine'),
  'secrets.rotate': plainly('Secrets replaced, shared links ended', 'replace the secrets'),
  'links.revoke': (target) => ({ done: `Link to ${target} revoked`, tried: 'revoke a link' }),
}

const REASONS: Readonly<Record<string, string>> = {
  forbidden: 'not allowed with that key',
  not_found: 'it was not there',
  conflict: 'it was not possible then',
  cancelled: 'it was called off',
  unavailable: 'it was not possible then',
  storage_full: 'the disk was full',
  storage_refused: 'the disk could not be written to',
  library_damaged: 'the library was damaged',
}

/** An event as a sentence: `Key “Reviewer tablet” withdrawn`. */
export function auditWords({ action, outcome, target, details }: AuditEvent): AuditWords {
  if (action === 'signIn') return signInWords(target, details)
  const name = nameOf(target, details)
  const { done, tried, note = '' } = WORDS[action]?.(name, details) ?? { done: `${action} ${name}`, tried: action }
  const times = timesOf(details)
  if (outcome === 'done') return { text: sentence(done), note: listed([note, times]), tone: 'done' }
  const code = textOf(details['code'])
  return { text: `Tried to ${tried}`.trim(), note: listed([REASONS[code] ?? code, times]), tone: 'refused' }
}

const DOORS: Readonly<Record<string, string>> = {
  window: 'this window',
  command: 'command line',
  aionvision: 'Aionvision API',
  ainative: 'AINative API',
  visowork: 'Visowork API',
  public: 'share page',
  http: 'local server',
}

/** `Mara, Aionvision API`: who, and which way they came. */
export function actorOf({ user, door, details }: Pick<AuditEvent, 'user' | 'door' | 'details'>): string {
  const way = details['byLink'] === true ? 'signed link' : (DOORS[door] ?? door)
  if (user === null) return sentence(way)
  return `${user === 'owner' ? 'Owner' : plain(user)}, ${way}`
}

function signInWords(target: string | null, details: AuditEvent['details']): AuditWords {
  const from = details['many'] === true ? 'many addresses' : plain(target ?? 'an unknown address')
  const prefix = textOf(details['keyPrefix'])
  const key = prefix === '' ? 'no key was shown' : `key ${prefix}…`
  return { text: `Failed sign-in from ${from}`, note: listed([key, timesOf(details)]), tone: 'signIn' }
}

function shown(target: string, visibility: unknown): Phrase {
  const how = SHOWN_TO[textOf(visibility)] ?? 'changed'
  return { done: `Album ${target} ${how}`, tried: `share album ${target}` }
}

/** `switched off`, `renamed`, `changed` */
function keyChange(change: unknown): string {
  if (typeof change !== 'object' || change === null) return 'changed'
  if ('isActive' in change && typeof change.isActive === 'boolean') {
    return change.isActive ? 'switched on' : 'switched off'
  }
  return 'name' in change && typeof change.name === 'string' ? `renamed to ${quoted(change.name)}` : 'changed'
}

/** Its name in quotation marks; else its id or address as it is. */
function nameOf(target: string | null, details: AuditEvent['details']): string {
  const name = textOf(details['name'])
  return name === '' ? plain(target ?? '') : quoted(name)
}

function quoted(name: string): string {
  return `“${plain(name)}”`
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? plain(value) : ''
}

function timesOf({ count: times }: AuditEvent['details']): string {
  return typeof times === 'number' && times > 1 ? count(times, 'time') : ''
}

function listed(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ')
}

/** With a capital letter and no doubled spaces, where a name was missing. */
function sentence(text: string): string {
  const tidy = text.replace(/ {2,}/g, ' ').trim()
  return tidy.charAt(0).toUpperCase() + tidy.slice(1)
}
