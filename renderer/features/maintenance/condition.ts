import type { Finding, MaintenanceRun, MaintenanceState } from '../../../main/contract/index.ts'
import { plain } from '../../shared/format/plain.ts'
import { count, size, sizeOf } from '../../shared/format/size.ts'
import { dateTime, timeLeft } from '../../shared/format/time.ts'

/** How much a finding asks of a person. */
export type Weight = 'lost' | 'needs you' | 'heals itself'

export function weightOf({ heals }: Pick<Finding, 'heals'>): Weight {
  if (heals === 'itself') return 'heals itself'
  return heals === 'none' ? 'lost' : 'needs you'
}

const THINGS: Readonly<Record<Finding['kind'], string>> = {
  database: 'The database',
  object: 'The video file',
  upload: 'An unfinished upload',
  derived: 'A thumbnail or preview',
  index: 'The frame index',
  sidecar: 'The sidecar with title and tags beside the video file',
  stream: 'The event stream of a task',
}
const PROBLEMS: Readonly<Record<Finding['problem'], string>> = {
  damaged: 'is damaged.',
  missing: 'is missing.',
  unknown: 'is in the data folder, but nothing in the library uses it.',
}

/** What is wrong, as a sentence: `The video file is damaged.` */
export function problemOf({ kind, problem }: Pick<Finding, 'kind' | 'problem'>): string {
  return `${THINGS[kind]} ${PROBLEMS[problem]}`
}

/** What the finding is about, for a person: its title, else where it lies. */
export function nameOf({ title, path }: Pick<Finding, 'title' | 'path'>): string {
  return plain(title ?? path)
}

/** Those that a person has to do something about come first; else in the order they were found. */
export function sortedFindings(findings: readonly Finding[]): Finding[] {
  const order: readonly Weight[] = ['lost', 'needs you', 'heals itself']
  const rank = (finding: Finding): number => order.indexOf(weightOf(finding))
  return findings.toSorted((a, b) => rank(a) - rank(b))
}

export interface Condition {
  readonly tone: 'unknown' | 'good' | 'warn' | 'bad'
  readonly text: string
  readonly note: string
}

/** The outcome of the last verify in a sentence or two. */
export function conditionOf({ lastVerify, database }: Pick<MaintenanceState, 'lastVerify' | 'database'>): Condition {
  if (!lastVerify) {
    return {
      tone: 'unknown',
      text: 'Not verified yet',
      note: 'Verification reads the database and every video file and compares them with their checksums.',
    }
  }
  const { finishedAt, objects, bytes, findings } = lastVerify
  const when = `Verified on ${dateTime(finishedAt)}`
  const read = `${count(objects, 'video file')}, ${size(bytes)}`
  if (findings.length === 0) {
    // What was found good then says nothing of a database that is damaged now.
    const text = database === 'read_only' ? 'The video files were intact' : 'Everything is intact'
    return { tone: 'good', text, note: `${when}: ${read}.` }
  }
  const needy = findings.filter((finding) => weightOf(finding) !== 'heals itself').length
  const healing = findings.length - needy
  const heals =
    healing === 1 ? '1 problem is repaired automatically' : `${count(healing, 'problem')} are repaired automatically`
  if (needy === 0) return { tone: 'warn', text: heals, note: `${when}: ${read}. Every video file is intact.` }
  const text = count(needy, 'problem needs you', 'problems need you')
  return { tone: 'bad', text: healing === 0 ? text : `${text}, ${heals}`, note: `${when}: ${read}.` }
}

const RUNS: Readonly<Record<MaintenanceRun['kind'], string>> = {
  verify: 'Verifying',
  backup: 'Backing up',
  rebuild: 'Rebuilding',
}

export interface RunText {
  readonly name: string
  /** `62%`: whole percents, and never 100 before the end. */
  readonly percent: number
  /** `12.55 of 19.10 GB, 84 MB/s, 2 min left`: only what is known. */
  readonly facts: string
}

/** @param bytesPerSecond 0 while unknown. */
export function runText(run: MaintenanceRun, bytesPerSecond: number): RunText {
  const { kind, progressPercent, bytesDone, bytesTotal, secondsLeft } = run
  const facts = [
    bytesTotal > 0 ? sizeOf(bytesDone, bytesTotal) : '',
    bytesPerSecond > 0 ? `${size(bytesPerSecond)}/s` : '',
    timeLeft(secondsLeft),
  ]
  return {
    name: RUNS[kind],
    percent: Math.min(99, Math.floor(progressPercent)),
    facts: facts.filter((fact) => fact !== '').join(', '),
  }
}

export interface ByteSample {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly bytes: number
}

/** How far back the rate looks, in milliseconds. */
const RATE_WINDOW_MS = 10_000

/** The samples that the rate is taken from, with a new one at their end. A count that goes down is another run. */
export function withBytes(samples: readonly ByteSample[], sample: ByteSample): ByteSample[] {
  const last = samples.at(-1)
  if (last && sample.bytes < last.bytes) return [sample]
  return [...samples.filter(({ at }) => at > sample.at - RATE_WINDOW_MS), sample]
}

/** Bytes a second over the samples; 0 before there are two a second apart. */
export function rateOf(samples: readonly ByteSample[]): number {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last || last.at - first.at < 1000) return 0
  return ((last.bytes - first.bytes) * 1000) / (last.at - first.at)
}
