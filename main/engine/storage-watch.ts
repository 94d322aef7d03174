import type { StorageState } from '../platform/files/index.ts'
import type { Log } from '../platform/log/index.ts'

const LOOK_EVERY_MS = 2_000

export interface StorageWatchOptions {
  readonly look: () => StorageState
  readonly log: Log
  /** Told when the library goes away, and when it is back. */
  readonly onChange: (state: StorageState) => void
}

/** Notices that the library's folder went away although nobody asks for anything. */
export class StorageWatch {
  readonly #options: StorageWatchOptions
  readonly #timer: NodeJS.Timeout
  #state: StorageState = 'ok'

  constructor(options: StorageWatchOptions) {
    this.#options = options
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS).unref()
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #look(): void {
    const { look, log, onChange } = this.#options
    const state = look()
    if (state === this.#state) return
    this.#state = state
    if (state === 'ok') log.info('the library folder is back: everything goes on')
    else log.error({ storage: state }, 'the library folder is not where it was: nothing is written')
    onChange(state)
  }
}
