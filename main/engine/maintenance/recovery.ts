import { toInstant } from '../../base/clock.ts'
import { asEngineError, EngineError, type LastRebuild, type MaintenanceState } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { Kept, ObjectStore, Quarantine, ReadWatch } from '../objects/index.ts'
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
  /** See `FootageCare.start`. */
  readonly start: () => Promise<void>
  readonly onChange: () => void
}

/** What a person may do about footage that no row names. */
export class Recovery {
  readonly #options: RecoveryOptions
  /** Things in quarantine that were compared with the library already. */
  readonly #compared = new Set<string>()
  #lastRebuild: LastRebuild | null = null

  constructor(options: RecoveryOptions) {
    this.#options = options
  }

  /** Puts right what a crash left, and looks for such footage, before anything new is taken in. */
  async start(): Promise<void> {
    await this.#options.start()
  }

  /** What a person has to be told at start, or null. */
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

  /** Brings back in the background what no row names. @throws EngineError `conflict` while something runs. */
  startRebuild(): void {
    const { log, rebuild, runs } = this.#options
    const note = (done: Omit<LastRebuild, 'finishedAt'>): void => {
      this.#lastRebuild = { finishedAt: toInstant(Date.now()), ...done }
    }
    runs.begin('rebuild', async ({ signal, report }) => {
      try {
        const { videos, uploads, findings } = await rebuild.run({ signal, onProgress: report })
        for (const finding of findings) log.warn({ finding }, 'a video could not be brought back')
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
    this.#assertQuiet()
    await this.#options.unlistedFiles.keep()
  }

  /** @throws EngineError `not_found`, `conflict` when it cannot come back, or while a rebuild runs. */
  async restore(id: string, signal: AbortSignal): Promise<void> {
    this.#assertQuiet()
    await this.#options.rebuild.restore(id, signal)
  }

  /** Deletes one thing for good: asking for it is the confirmation. @throws EngineError `not_found`, `conflict`. */
  async delete(id: string): Promise<void> {
    this.#assertQuiet()
    await this.#options.quarantine.remove(id)
    this.#options.onChange()
  }

  /**
   * Deletes videos whose time is over, and of those only the ones whose very bytes are in the library as well, read whole
   * just now. Everything else is kept until a person deletes it.
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

  #assertQuiet(): void {
    if (this.#options.runs.current?.kind === 'rebuild')
      throw new EngineError('conflict', 'A rebuild runs. Wait for its end, or stop it.')
  }
}

function toItem({ id, kind, title, filename, sizeBytes, movedAt, keptUntil, reason }: Kept) {
  // An upload without its sidecar has no filename: nothing says what it was.
  const restorable = kind === 'object' ? reason === 'unlisted' : kind === 'upload' && filename !== null
  return { id, kind, title, filename, sizeBytes, movedAt, keptUntil, restorable }
}
