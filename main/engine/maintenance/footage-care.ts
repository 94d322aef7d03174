import { EngineError, type MaintenanceState } from '../../contract/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { Kept, ObjectStore, Quarantine, ReadWatch } from '../objects/index.ts'
import { RebuildRun } from './rebuild-run.ts'
import type { Rebuild } from './rebuild.ts'
import type { Unlisted } from './unlisted.ts'

export interface FootageCareOptions {
  readonly objects: ObjectStore
  readonly quarantine: Quarantine
  readonly unlisted: Unlisted
  readonly rebuild: Rebuild
  readonly log: Log
  readonly hash: (file: string, sizeBytes: number, watch: ReadWatch) => Promise<{ sha256: string }>
  readonly onChange: () => void
}

/** What a person may do about footage that no row names. */
export class FootageCare {
  readonly rebuild: RebuildRun
  readonly #options: FootageCareOptions
  /** Things in quarantine that were compared with the library already. */
  readonly #compared = new Set<string>()

  constructor(options: FootageCareOptions) {
    this.#options = options
    this.rebuild = new RebuildRun(options.rebuild, options.log, options.onChange)
  }

  /** What a person has to be told at start, or null. */
  notice(): string | null {
    return this.#options.unlisted.notice()
  }

  async state(): Promise<Pick<MaintenanceState, 'database' | 'unlisted' | 'quarantine' | 'run'>> {
    const { quarantine, unlisted } = this.#options
    return {
      database: unlisted.isNew ? 'new' : 'good',
      unlisted: await unlisted.count(),
      quarantine: (await quarantine.list()).map(toItem),
      run: this.rebuild.state(),
    }
  }

  /** Begins an empty library. @throws EngineError `conflict` while a rebuild runs. */
  async keepUnlisted(): Promise<void> {
    this.#assertQuiet()
    await this.#options.unlisted.keep()
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
   * Deletes films whose time is over, and of those only the ones whose very bytes are in the library as well, read whole
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
    await this.rebuild.stop()
    await this.#options.unlisted.close()
  }

  #assertQuiet(): void {
    if (this.rebuild.state()) throw new EngineError('conflict', 'A rebuild runs. Wait for its end, or stop it.')
  }
}

function toItem({ id, kind, title, filename, sizeBytes, movedAt, keptUntil, reason }: Kept) {
  // An upload without its sidecar has no filename: nothing says what it was.
  const restorable = kind === 'object' ? reason === 'unlisted' : kind === 'upload' && filename !== null
  return { id, kind, title, filename, sizeBytes, movedAt, keptUntil, restorable }
}
