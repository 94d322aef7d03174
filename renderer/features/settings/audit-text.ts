import type { AuditEvent } from '../../../main/contract/index.ts'
import { plain } from '../../shared/format/plain.ts'
import { count } from '../../shared/format/size.ts'

export interface AuditText {
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

type TextOf = (target: string, details: AuditEvent['details']) => Phrase

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

const fixed =
  (done: string, tried: string): TextOf =>
  () => ({ done, tried })
const about =
  (kind: string, done: string, tried: string): TextOf =>
  (target) => ({ done: `${kind}${target} ${done}`, tried: `${tried} ${kind.toLowerCase()}${target}` })

const TEXTS: Readonly<Record<string, TextOf>> = {
  'keys.create': (target, { scopes, userName }) => ({
    ...about('Key ', 'created', 'create')(target, {}),
    note: [textOf(userName) && `for ${textOf(userName)}`, Array.isArray(scopes) ? scopes.join(', ') : '']
      .filter((part) => part !== '')
      .join(': '),
  }),
  'keys.update': (target, { change }) => about('Key ', keyChange(change), 'change')(target, {}),
  'keys.delete': about('Key ', 'revoked', 'revoke'),
  'keys.setOwner': (target) => ({
    done: 'Owner’s key set at start-up',
    tried: 'set the owner’s key',
    note: `${target}…`,
  }),
  'keys.makeOwner': (target) => ({ done: 'Owner’s key created', tried: 'create the owner’s key', note: `${target}…` }),
  'videos.delete': about('Video ', 'deleted', 'delete'),
  'videos.restore': about('Video ', 'restored', 'restore'),
  'videos.deleteMany': (_target, { videos }) => many('deleted', 'delete', videos),
  'videos.restoreMany': (_target, { videos }) => many('restored', 'restore', videos),
  'catalogue.delete': about('Video ', 'deleted', 'delete'),
  'albums.create': (target, { visibility }) => shown(target, visibility),
  'albums.update': (target, { visibility }) => shown(target, visibility),
  'albums.delete': about('Album ', 'deleted', 'delete'),
  'albums.restore': about('Album ', 'restored', 'restore'),
  'annotations.delete': about('Note ', 'deleted', 'delete'),
  'annotations.restore': about('Note ', 'restored', 'restore'),
  'tasks.remove': about('Task ', 'removed', 'remove'),
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
      network === true ? 'other computers allowed' : network === false ? 'this computer only' : '',
    ]
      .filter((part) => part !== '')
      .join(', '),
  }),
  'sceneSettings.set': fixed('Scene settings changed', 'change the scene settings'),
  'watched.add': about('Folder ', 'is watched', 'watch'),
  'watched.remove': about('Folder ', 'is no longer watched', 'stop watching'),
  'analytics.forgetViewers': fixed('Viewers forgotten', 'forget viewers'),
  'maintenance.setVerifySchedule': (_target, { schedule }) => ({
    done: schedule === 'off' ? 'Automatic verification switched off' : `Verification set to ${textOf(schedule)}`,
    tried: 'change how often the library is verified',
  }),
  'maintenance.backup': (target) => ({ done: `Backup to ${target} started`, tried: `back up to ${target}` }),
  'maintenance.rebuild': fixed('Rebuild started', 'rebuild the library'),
  'maintenance.keepUnlisted': fixed('Empty library started', 'start an empty library'),
  'maintenance.restoreQuarantined': about('', 'restored from quarantine', 'restore from quarantine'),
  'maintenance.deleteQuarantined': about('', 'deleted from quarantine', 'delete from quarantine'),
  'secrets.rotate': fixed('Link secrets replaced, shared links revoked', 'replace the link secrets'),
  'links.revoke': (target) => ({ done: `Link to ${target} revoked`, tried: 'revoke a link' }),
}

const REASONS: Readonly<Record<string, string>> = {
  forbidden: 'not allowed with that key',
  not_found: 'not found',
  conflict: 'not possible at that time',
  cancelled: 'cancelled',
  unavailable: 'not possible at that time',
  storage_full: 'the disk was full',
  storage_refused: 'the disk could not be written to',
  library_damaged: 'the library was damaged',
}

/** An event as a sentence: `Key “Reviewer tablet” withdrawn`. */
export function auditText({ action, outcome, target, details }: AuditEvent): AuditText {
  if (action === 'signIn') return signInText(target, details)
  const name = nameOf(target, details)
  const { done, tried, note = '' } = TEXTS[action]?.(name, details) ?? { done: `${action} ${name}`, tried: action }
  const times = timesOf(details)
  if (outcome === 'done') return { text: sentence(done), note: listed([note, times]), tone: 'done' }
  const code = textOf(details['code'])
  return { text: `Tried to ${tried}`.trim(), note: listed([REASONS[code] ?? code, times]), tone: 'refused' }
}

const INTERFACES: Readonly<Record<string, string>> = {
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
  const way = details['byLink'] === true ? 'signed link' : (INTERFACES[door] ?? door)
  if (user === null) return sentence(way)
  return `${user === 'owner' ? 'Owner' : plain(user)}, ${way}`
}

function signInText(target: string | null, details: AuditEvent['details']): AuditText {
  const from = details['many'] === true ? 'many addresses' : plain(target ?? 'an unknown address')
  const prefix = textOf(details['keyPrefix'])
  const key = prefix === '' ? 'no key was shown' : `key ${prefix}…`
  return { text: `Failed sign-in from ${from}`, note: listed([key, timesOf(details)]), tone: 'signIn' }
}

function many(done: string, tried: string, videos: unknown): Phrase {
  const what = typeof videos === 'number' ? count(videos, 'video') : 'videos'
  return { done: `${what} ${done}`, tried: `${tried} ${what}` }
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
