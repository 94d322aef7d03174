import { z } from 'zod'
import { monotonic } from '../base/clock.ts'
import type { Settings } from '../platform/settings/index.ts'

const SETTING = 'running_clock'

/**
 * A clock that cannot be set: it counts the time in which the library is open, from where the last process left it.
 * What can be undone "for 10 minutes" goes by it, so that a machine whose clock is put forward by a day loses nothing at
 * once, and one whose clock is put back keeps nothing for ever. Its numbers look like milliseconds since 1970, and began
 * as such; they fall behind by the time in which nothing ran. After a crash they repeat up to a minute.
 */
export class RunningClock {
  readonly #settings: Settings
  readonly #elapsed: () => number
  readonly #anchor: number

  /**
   * @param elapsed milliseconds of a clock that only goes forward.
   * @param wall milliseconds since 1970, for a library that has no such clock yet.
   */
  constructor(settings: Settings, elapsed: () => number = monotonic, wall: () => number = Date.now) {
    this.#settings = settings
    this.#elapsed = elapsed
    this.#anchor = (settings.read(SETTING, z.number().positive()) ?? wall()) - elapsed()
  }

  readonly now = (): number => Math.round(this.#anchor + this.#elapsed())

  /** Writes down how far it is, for the next process: once a minute, and at the end. */
  save(): void {
    this.#settings.write(SETTING, this.now())
  }
}
