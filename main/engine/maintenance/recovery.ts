import { toInstant } from '../../base/clock.ts'
import { asEngineError, EngineError, type LastRebuild, type MaintenanceState } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { QuarantineEntry, ObjectStore, Quarantine, ReadWatch } from '../objects/index.ts'
import type { Rebuild } from './rebuild.ts'
import type { MaintenanceRuns } from './runs.ts'
import type { UnlistedFiles } from './unlisted-files.ts'

export interface RecoveryOptions {
  readonly database: Database
  readonly objects: ObjectStore
  readonly quarantine: Quarantine
  readonly unlistedFiles: UnlistedFiles
  readonly rebuild: Rebuild
  readonly runs: MaintenanceRuns
  readonly log: Log
  readonly hash: (file: string, sizeBytes: number, watch: ReadWatch) => Promise<{ sha256: string }>
  /** See `Recovery.start`. */
  readonly start: () => Promise<void>
  readonly onChange: () => void
}

/** What the user may do about files that no row names. */
export class Recovery {
  readonly #options: RecoveryOptions
  /** Items of quarantine that were compared with the library already. */
  readonly #compared = new Set<string>()
  #lastRebuild: LastRebuild | null = null

  constructor(options: RecoveryOptions) {
    this.#options = options
  }

  /** Looks for such files, before anything new is added. */
  async start(): Promise<void> {
    await this.#options.start()
  }

  /** What to print at start, or null. */
  notice(): string | null {
    return this.#options.unlistedFiles.notice()
  }

  async state(): Promise<Pick<MaintenanceState, 'database' | 'unlisted' | 'quarantine' | 'lastRebuild'>> {
    const { database, quarantine, unlistedFiles } = this.#options
    return {
      database: database.isReadOnly ? 'read_only' : unlistedFiles.isNew ? 'new' : 'good',
      unlisted: await unlistedFiles.count(),
      quarantine: (await quarantine.list()).map(toItem),
      lastRebuild: this.#lastRebuild,
    }
  }

  /** Restores in the background what no row names. @throws EngineError `conflict` while something runs. */
  startRebuild(): void {
    const { log, rebuild, runs } = this.#options
    const note = (done: Omit<LastRebuild, 'finishedAt'>): void => {
      this.#lastRebuild = { finishedAt: toInstant(Date.now()), ...done }
    }
    runs.begin('rebuild', async ({ signal, report }) => {
      try {
        const { videos, uploads, findings } = await rebuild.run({ signal, onProgress: report })
        for (const finding of findings) log.warn({ finding }, 'a video could not be restored')
        note({ videos, uploads, findings: [...findings], errorMessage: null })
      } catch (error) {
        const errorMessage = signal.aborted ? 'It was stopped.' : asEngineError(error).message
        note({ videos: 0, uploads: 0, findings: [], errorMessage })
        throw error
      }
    })
  }

  /** Begins an empty library. @throws EngineError `conflict` while a rebuild runs. */
  async keepUnlisted(): Promise<void> {
    this.#assertNoRebuild()
    await this.#options.unlistedFiles.keep()
  }

  /** @throws EngineError `not_found`, `conflict` when it cannot come back, or while a rebuild runs. */
  async restore(id: string, signal: AbortSignal): Promise<void> {
    this.#assertNoRebuild()
    await this.#options.rebuild.restore(id, signal)
  }

  /** Deletes one item for good: asking for it is the confirmation. @throws EngineError `not_found`, `conflict`. */
  async delete(id: string): Promise<void> {
    this.#assertNoRebuild()
    await this.#options.quarantine.remove(id)
    this.#options.onChange()
  }

  /**
   * Deletes videos whose time in quarantine is over, but only those whose bytes are in the library as well, read just now.
   * All other items are kept until the user deletes them.
   */
  async clearOut(now = Date.now()): Promise<void> {
    const { hash, log, objects, quarantine } = this.#options
    for (const { id, kind, path: file, sizeBytes, keptUntil } of await quarantine.list()) {
      if (kind !== 'object' || Date.parse(keptUntil) > now || this.#compared.has(id)) continue
      this.#compared.add(id)
      const { sha256 } = await hash(file, sizeBytes, {})
      if (!objects.has(sha256) || (await objects.prove(sha256)) !== 'proven') continue
      await quarantine.remove(id)
      log.info({ id, sha256 }, 'deleted from quarantine: the library has the same bytes')
    }
  }

  async close(): Promise<void> {
    await this.#options.unlistedFiles.close()
  }

  #assertNoRebuild(): void {
    if (this.#options.runs.current?.kind === 'rebuild')
      throw new EngineError('conflict', 'A rebuild is running. Wait until it ends, or stop it.')
  }
}

function toItem({ id, kind, title, filename, sizeBytes, movedAt, keptUntil, reason }: QuarantineEntry) {
  // An upload without its sidecar has no filename: nothing says what it was.
  const restorable = kind === 'object' ? reason === 'unlisted' : kind === 'upload' && filename !== null
  return { id, kind, title, filename, sizeBytes, movedAt, keptUntil, restorable }
}
