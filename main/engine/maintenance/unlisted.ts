import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readableBytes } from '../../base/bytes.ts'
import type { DataFolder } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { Settings } from '../../platform/settings/index.ts'
import type { Quarantine, Swept, UnlistedThing } from '../objects/index.ts'
import { isUnanswered, setAnswered } from '../identity/index.ts'

/** How long the start waits for things to go into quarantine; what is left goes there beside the work. */
const START_MS = 2_000
/** Paths named in one line of the log. */
const MOST_NAMED = 20

export interface UnlistedOptions {
  readonly folder: DataFolder
  readonly settings: Settings
  readonly quarantine: Quarantine
  readonly log: Log
  /** Each looks at one folder of the library. */
  readonly sweeps: ReadonlyArray<() => Promise<Swept>>
  readonly onChange: () => void
}

/**
 * What lies in the library's folders and no row names. It is never deleted: it goes into quarantine, or, while the
 * database is new and nobody was asked, stays where it is.
 */
export class Unlisted {
  readonly #options: UnlistedOptions
  /** Films that lie in the object store, and their bytes; as last counted. */
  #here = { films: 0, bytes: 0 }
  #moving: Promise<void> = Promise.resolve()
  #open = true

  constructor(options: UnlistedOptions) {
    this.#options = options
  }

  get isNew(): boolean {
    return isUnanswered(this.#options.settings)
  }

  /** At start, before anything new is taken in. */
  async look(): Promise<void> {
    const { log, quarantine } = this.#options
    await quarantine.tidy()
    const { unlisted, foreign } = await this.#sweep()
    if (foreign.length > 0) {
      const paths = foreign.slice(0, MOST_NAMED).map((file) => this.#below(file))
      log.warn({ paths, count: foreign.length }, 'left alone: what is not a file of Fieldreel')
    }
    const notice = this.notice()
    if (notice !== null) log.warn({ ...this.#here }, notice)
    if (this.isNew || unlisted.length === 0) return
    this.#moving = this.#move(unlisted)
    await Promise.race([this.#moving, pause(START_MS, null, { ref: false })])
  }

  /** What a person has to be told at start, or null. */
  notice(): string | null {
    if (!this.isNew) return null
    const { films, bytes } = this.#here
    const what = films === 1 ? '1 film lies' : `${films} films lie`
    return (
      `The library's database is new, but ${what} in its folder (${readableBytes(bytes)}). Nothing of it is touched. ` +
      '`npm run library -- rebuild` brings them back.'
    )
  }

  /** Films that a rebuild would look at. */
  async count(): Promise<{ films: number; bytes: number }> {
    const kept = (await this.#options.quarantine.list()).filter(
      ({ kind, reason }) => kind === 'object' && reason === 'unlisted',
    )
    return {
      films: this.#here.films + kept.length,
      bytes: this.#here.bytes + kept.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    }
  }

  /** What lies there now, also while the database is new. */
  async things(): Promise<readonly UnlistedThing[]> {
    await this.#moving
    return (await this.#sweep()).unlisted
  }

  /** The answer of a person to a new database: all of it goes into quarantine. */
  async keep(): Promise<void> {
    const things = await this.things()
    await this.#move(things)
    setAnswered(this.#options.settings)
    await this.#sweep()
    this.#options.onChange()
  }

  async close(): Promise<void> {
    this.#open = false
    await this.#moving
  }

  async #sweep(): Promise<Swept> {
    const swept = await Promise.all(this.#options.sweeps.map((sweep) => sweep()))
    const unlisted = swept.flatMap((one) => one.unlisted)
    const films = unlisted.filter(({ kind }) => kind === 'object')
    this.#here = { films: films.length, bytes: films.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) }
    return { unlisted, foreign: swept.flatMap((one) => one.foreign) }
  }

  async #move(things: readonly UnlistedThing[]): Promise<void> {
    const { log } = this.#options
    let moved = 0
    for (const { kind, path: file, sizeBytes, setAside } of things) {
      if (!this.#open) break
      try {
        if (await setAside()) moved += 1
        if (kind === 'object') this.#leave(sizeBytes)
      } catch (error) {
        // A full disk, or another disk under that folder: it stays where it is, and the next start tries again.
        log.error({ err: error, path: this.#below(file) }, 'what no row names could not be moved into quarantine')
      }
    }
    if (moved > 0) log.warn({ moved }, 'moved into quarantine what no row names')
    this.#options.onChange()
  }

  #leave(sizeBytes: number): void {
    const { films, bytes } = this.#here
    this.#here = { films: Math.max(0, films - 1), bytes: Math.max(0, bytes - sizeBytes) }
  }

  #below(file: string): string {
    return path.relative(this.#options.folder.root, file)
  }
}
