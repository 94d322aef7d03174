import { type Clock, every } from '../base/clock.ts'
import type { Log } from '../platform/log/index.ts'

export const EVERY_MINUTE = 60_000
export const HOURLY = 60 * EVERY_MINUTE

/** Work that is done again and again while the engine is open. */
export interface Chore {
  readonly name: string
  readonly everyMs: number
  readonly run: () => void | Promise<void>
}

/** Runs chores, one at a time. A failing one is logged and tried at its next time. */
export class ChoreRunner {
  readonly #ends: readonly (() => void)[]
  readonly #log: Log
  #last: Promise<void> = Promise.resolve()

  constructor(chores: readonly Chore[], { clock, log }: { readonly clock: Clock; readonly log: Log }) {
    this.#log = log
    this.#ends = chores.map((chore) => every(clock, chore.everyMs, () => this.#queue(chore)))
  }

  /** Waits for the chore that runs. */
  async close(): Promise<void> {
    for (const end of this.#ends) end()
    await this.#last
  }

  #queue(chore: Chore): void {
    this.#last = this.#last
      .then(() => chore.run())
      .catch((error: unknown) => this.#log.error({ err: error, chore: chore.name }, 'a chore failed'))
  }
}
