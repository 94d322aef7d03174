import { monotonic, toInstant } from '../../base/clock.ts'
import { asEngineError, EngineError, type MaintenanceRun } from '../../contract/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { Rebuild, RebuildProgress } from './rebuild.ts'

/** The one rebuild that may run at a time, in the background. */
export class RebuildRun {
  readonly #rebuild: Rebuild
  readonly #log: Log
  readonly #onChange: () => void
  #running: { aborter: AbortController; ended: Promise<void>; startedAt: number; since: number } | null = null
  #progress: RebuildProgress = { step: '', bytesDone: 0, bytesTotal: 0 }

  constructor(rebuild: Rebuild, log: Log, onChange: () => void) {
    this.#rebuild = rebuild
    this.#log = log
    this.#onChange = onChange
  }

  /** Begins. @throws EngineError `conflict` when one runs. */
  start(): void {
    if (this.#running) throw new EngineError('conflict', 'A rebuild runs already.')
    const aborter = new AbortController()
    const onProgress = (progress: RebuildProgress): void => {
      this.#progress = progress
      this.#onChange()
    }
    const ended = this.#rebuild
      .run({ signal: aborter.signal, onProgress })
      .then(
        ({ findings }) => {
          for (const finding of findings) this.#log.warn({ finding }, 'a film could not be brought back')
        },
        (error: unknown) => {
          if (!aborter.signal.aborted) this.#log.error({ err: asEngineError(error) }, 'the rebuild stopped')
        },
      )
      .finally(() => {
        this.#running = null
        this.#onChange()
      })
    this.#running = { aborter, ended, startedAt: Date.now(), since: monotonic() }
  }

  /** Stops it, and waits until it has stopped. */
  async stop(): Promise<void> {
    const running = this.#running
    running?.aborter.abort(new EngineError('cancelled', 'Stopped.'))
    await running?.ended
  }

  /** What runs now, or null. */
  state(): MaintenanceRun | null {
    if (!this.#running) return null
    const { bytesDone, bytesTotal, step } = this.#progress
    const fraction = bytesTotal === 0 ? 0 : Math.min(1, bytesDone / bytesTotal)
    const seconds = (monotonic() - this.#running.since) / 1000
    return {
      kind: 'rebuild',
      startedAt: toInstant(this.#running.startedAt),
      progressPercent: 100 * fraction,
      ...{ step, bytesDone, bytesTotal },
      secondsLeft: fraction === 0 ? null : (seconds * (1 - fraction)) / fraction,
    }
  }
}
