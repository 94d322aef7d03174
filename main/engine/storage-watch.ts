import { type Clock, every } from '../base/clock.ts'
import type { DataFolder, StorageState } from '../platform/files/index.ts'
import type { Log } from '../platform/log/index.ts'

const LOOK_EVERY_MS = 2_000

export interface StorageWatchOptions {
  readonly folder: DataFolder
  readonly log: Log
  readonly clock: Clock
  /** Called when the library folder disappears, and when it is back. */
  readonly onChange: (state: StorageState) => void
}

/** Notices that the library's folder disappeared, also while there are no requests. */
export class StorageWatch {
  readonly #options: StorageWatchOptions
  readonly #end: () => void
  #state: StorageState = 'ok'

  constructor(options: StorageWatchOptions) {
    this.#options = options
    this.#end = every(options.clock, LOOK_EVERY_MS, () => this.#look())
  }

  close(): void {
    this.#end()
  }

  #look(): void {
    const { folder, log, onChange } = this.#options
    const state = folder.look()
    if (state === this.#state) return
    this.#state = state
    if (state === 'ok') log.info('the library folder is back: everything goes on')
    else log.error({ storage: state }, 'the library folder is not where it was: nothing is written')
    onChange(state)
  }
}
