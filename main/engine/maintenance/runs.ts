import { toInstant } from '../../base/clock.ts'
import { RateMeter } from '../../base/rate-meter.ts'
import { asEngineError, EngineError, type MaintenanceRun } from '../../contract/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { WorkProgress } from './progress.ts'

export interface RunCall {
  readonly signal: AbortSignal
  readonly report: (report: WorkProgress) => void
}

export interface MaintenanceRunsOptions {
  readonly log: Log
  readonly onChange: () => void
}

interface Running {
  readonly kind: MaintenanceRun['kind']
  readonly startedAt: number
  readonly aborter: AbortController
  readonly rate: RateMeter
  report: WorkProgress
  done: Promise<void>
}

const NAMES = { verify: 'A verify', backup: 'A backup', rebuild: 'A rebuild' } as const

/** The verify, backup or rebuild that runs: one at a time. */
export class MaintenanceRuns {
  readonly #options: MaintenanceRunsOptions
  #running: Running | null = null
  #isClosed = false

  constructor(options: MaintenanceRunsOptions) {
    this.#options = options
  }

  get current(): MaintenanceRun | null {
    if (!this.#running) return null
    const { kind, startedAt, rate, report } = this.#running
    const { step, bytesDone, bytesTotal } = report
    return {
      ...{ kind, startedAt: toInstant(startedAt), step, bytesDone, bytesTotal },
      progressPercent: bytesTotal > 0 ? Math.min(100, (bytesDone * 100) / bytesTotal) : 0,
      secondsLeft: rate.secondsLeft(bytesTotal - bytesDone, Date.now()),
    }
  }

  /** Starts `work` in the background. What it throws is logged. @throws EngineError `conflict` while another one runs. */
  begin(kind: MaintenanceRun['kind'], work: (call: RunCall) => Promise<void>): void {
    if (this.#isClosed) throw new EngineError('unavailable', 'Fieldreel is closing.')
    if (this.#running) {
      throw new EngineError('conflict', `${NAMES[this.#running.kind]} is running. Wait until it ends, or stop it.`)
    }
    const running: Running = {
      ...{ kind, startedAt: Date.now(), aborter: new AbortController(), rate: new RateMeter() },
      report: { step: 'Starting', bytesDone: 0, bytesTotal: 0 },
      done: Promise.resolve(),
    }
    running.rate.begin(Date.now())
    this.#running = running
    running.done = this.#run(running, work)
    this.#options.onChange()
  }

  /** Ends what runs, and waits for its end. */
  async stop(): Promise<void> {
    this.#running?.aborter.abort()
    await this.#running?.done
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.stop()
  }

  async #run(running: Running, work: (call: RunCall) => Promise<void>): Promise<void> {
    const report = (now: WorkProgress): void => {
      running.rate.add(Math.max(0, now.bytesDone - running.report.bytesDone), Date.now())
      running.report = now
      this.#options.onChange()
    }
    try {
      await work({ signal: running.aborter.signal, report })
    } catch (error) {
      const { code, message, cause } = asEngineError(error)
      const isStopped = code === 'cancelled' || running.aborter.signal.aborted
      if (!isStopped) this.#options.log.error({ err: cause ?? error, run: running.kind, message }, 'maintenance failed')
    } finally {
      this.#running = null
      this.#options.onChange()
    }
  }
}
