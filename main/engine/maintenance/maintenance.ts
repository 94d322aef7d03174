import path from 'node:path'
import { toInstant } from '../../base/clock.ts'
import { asEngineError, EngineError, type Finding } from '../../contract/index.ts'
import type { DataFolder } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { Settings } from '../../platform/settings/index.ts'
import { areNested } from './backup/nested.ts'
import type { Rates } from './pace.ts'
import { type BegunVerify, type LastBackup, MaintenanceRecords } from './records.ts'
import type { MaintenanceRuns, RunCall } from './runs.ts'
import { runMaintenance } from './thread.ts'

const MIB = 1024 * 1024
/** Started by the user: fast, but not noticeable elsewhere. */
const ASKED_FOR: Rates = { idle: 256 * MIB, busy: 32 * MIB }
/** By the schedule: a library of 1 TB takes half a day. */
const BY_SCHEDULE: Rates = { idle: 24 * MIB, busy: 2 * MIB }

const DAY_MS = 24 * 3_600_000
const EVERY_MS = { weekly: 7 * DAY_MS, monthly: 30 * DAY_MS } as const
/** How often the position of a verify is stored. */
const SAVE_EVERY_MS = 5_000

export interface MaintenanceOptions {
  readonly folder: DataFolder
  readonly settings: Settings
  readonly runs: MaintenanceRuns
  readonly log: Log
  /** Holds the built entries of workers. */
  readonly workersFolder: string
  /** Called after a verify: what it marked is made again. */
  readonly onVerified: () => void
}

/** Verifies and backs up the library that is open: when asked to, and by a schedule. */
export class Maintenance {
  readonly records: MaintenanceRecords
  readonly runs: MaintenanceRuns
  readonly #options: MaintenanceOptions
  #isClosing = false

  constructor(options: MaintenanceOptions) {
    this.#options = options
    this.runs = options.runs
    this.records = new MaintenanceRecords(options.settings)
  }

  /** From the beginning, also when an earlier one was interrupted. @throws EngineError `conflict` while something runs. */
  startVerify(): void {
    this.#beginVerify(null, ASKED_FOR)
  }

  /** @throws EngineError `conflict` while something runs or for a folder that holds something else, `invalid_input`. */
  startBackup(target: string): void {
    const { folder, workersFolder } = this.#options
    if (!path.isAbsolute(target)) throw new EngineError('invalid_input', 'Enter the full path of the folder.')
    if (areNested(folder.root, target)) {
      throw new EngineError('invalid_input', 'The backup folder and the library folder must not contain each other.')
    }
    this.runs.begin('backup', async ({ signal, report }) => {
      const missing: Finding[] = []
      const request = { root: folder.root, target, rates: ASKED_FOR }
      const call = { signal, onProgress: report, onFinding: (finding: Finding) => missing.push(finding) }
      try {
        const { objects, bytes } = await runMaintenance(workersFolder, { do: 'backup', request }, call)
        this.#recordBackup({ folder: target, objects, bytes, damageMessage: damageOf(missing) })
      } catch (error) {
        const errorMessage = asEngineError(error).message
        if (!signal.aborted) this.#recordBackup({ folder: target, objects: 0, bytes: 0, errorMessage })
        throw error
      }
    })
  }

  /** Ends what runs. A verify that is stopped begins anew next time; a backup goes on. */
  async stop(): Promise<void> {
    const wasVerify = this.runs.current?.kind === 'verify'
    await this.runs.stop()
    if (wasVerify) this.records.begunVerify = null
  }

  /** A chore: continues a verify that was interrupted, and begins one when it is due. */
  verifyWhenDue(now = Date.now()): void {
    if (this.runs.current || this.#isClosing) return
    const { schedule, lastVerify, begunVerify, since } = this.records
    if (begunVerify) return this.#beginVerify(begunVerify, BY_SCHEDULE)
    if (schedule === 'off') return
    const last = lastVerify ? Date.parse(lastVerify.finishedAt) : since
    if (now - last >= EVERY_MS[schedule]) this.#beginVerify(null, BY_SCHEDULE)
  }

  async close(): Promise<void> {
    this.#isClosing = true
    await this.runs.close()
  }

  #beginVerify(begun: BegunVerify | null, rates: Rates): void {
    this.runs.begin('verify', (call) => this.#verify(begun, rates, call))
  }

  async #verify(begun: BegunVerify | null, rates: Rates, { signal, report }: RunCall): Promise<void> {
    const { folder, workersFolder, log, onVerified } = this.#options
    const { after = '', objects = 0, bytes = 0, findings: known = [] } = begun ?? {}
    const findings = [...known]
    const badObjects = known.flatMap(({ kind, sha256 }) => (kind === 'object' && sha256 !== null ? [sha256] : []))
    let savedAt = 0
    const done = await runMaintenance(
      workersFolder,
      { do: 'verify', request: { root: folder.root, rates, after, badObjects } },
      {
        signal,
        onFinding: (finding) => {
          if (findings.some((one) => isSame(one, finding))) return
          findings.push(finding)
          log.warn({ finding }, 'verify found damage')
        },
        onProgress: (progress) => {
          report(progress)
          if (Date.now() - savedAt < SAVE_EVERY_MS) return
          savedAt = Date.now()
          this.records.begunVerify = {
            ...{ after: progress.after ?? after, findings },
            objects: objects + (progress.objects ?? 0),
            bytes: bytes + progress.bytesDone,
          }
        },
      },
    )
    this.records.saveVerify({
      ...{ finishedAt: toInstant(Date.now()), findings },
      ...{ objects: objects + done.objects, bytes: bytes + done.bytes },
    })
    this.records.begunVerify = null
    onVerified()
  }

  #recordBackup(done: Pick<LastBackup, 'folder' | 'objects' | 'bytes'> & Partial<LastBackup>): void {
    this.records.saveBackup({ finishedAt: toInstant(Date.now()), errorMessage: null, damageMessage: null, ...done })
  }
}

function isSame(one: Finding, other: Finding): boolean {
  return one.path === other.path && one.remedy === other.remedy
}

function damageOf(missing: readonly Finding[]): string | null {
  const [first] = missing
  if (!first) return null
  const name = first.title ?? first.path
  const others = missing.length > 1 ? ` and ${missing.length - 1} more` : ''
  return `"${name}"${others} could not be backed up: damaged in the library. Verify the library to see how to repair it.`
}
