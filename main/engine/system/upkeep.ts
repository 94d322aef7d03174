import type { Log } from '../../platform/log/index.ts'

export const HOURLY = 3_600_000
export const EVERY_MINUTE = 60_000

export interface Chore {
  readonly name: string
  readonly everyMs: number
  readonly run: () => Promise<void>
}

/** Runs chores now and again while the engine is open. A failing chore is logged and tried at its next turn. */
export class Upkeep {
  readonly #timers: NodeJS.Timeout[]
  readonly #log: Log
  #turn: Promise<void> = Promise.resolve()

  constructor(chores: readonly Chore[], log: Log) {
    this.#log = log
    this.#timers = chores.map((chore) => setInterval(() => this.#queue(chore), chore.everyMs).unref())
  }

  /** Waits for the chore that runs. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    await this.#turn
  }

  #queue(chore: Chore): void {
    this.#turn = this.#turn
      .then(() => chore.run())
      .catch((error: unknown) => this.#log.error({ err: error, chore: chore.name }, 'upkeep failed'))
  }
}
