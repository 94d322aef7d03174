import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readableBytes } from '../../base/bytes.ts'
import type { DataFolder } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { Settings } from '../../platform/settings/index.ts'
import type { Quarantine, Swept, UnlistedThing } from '../objects/index.ts'
import { isUnanswered, setAnswered } from '../identity/index.ts'

/** How long the start waits while files are moved to quarantine; the rest is moved in the background. */
const START_MS = 2_000
/** Paths named in one line of the log. */
const MOST_NAMED = 20

export interface UnlistedFilesOptions {
  readonly folder: DataFolder
  readonly settings: Settings
  readonly quarantine: Quarantine
  readonly log: Log
  /** Each looks at one folder of the library. */
  readonly sweeps: ReadonlyArray<() => Promise<Swept>>
  readonly onChange: () => void
}

/**
 * Files in the library's folders that no row names. They are never deleted: they are moved to quarantine or, while the
 * database is new and the person was not asked, stays where it is.
 */
export class UnlistedFiles {
  readonly #options: UnlistedFilesOptions
  /** Videos of the object store that no row names, and their bytes; as last counted. */
  #here = { videos: 0, bytes: 0 }
  #moving: Promise<void> = Promise.resolve()
  #open = true

  constructor(options: UnlistedFilesOptions) {
    this.#options = options
  }

  get isNew(): boolean {
    return isUnanswered(this.#options.settings)
  }

  /** At start, before anything new is added. */
  async look(): Promise<void> {
    const { log, quarantine } = this.#options
    await quarantine.tidy()
    const { unlisted, foreign } = await this.#sweep()
    if (foreign.length > 0) {
      const paths = foreign.slice(0, MOST_NAMED).map((file) => this.#below(file))
      log.warn({ paths, count: foreign.length }, 'left alone: not files of Fieldreel')
    }
    const notice = this.notice()
    if (notice !== null) log.warn({ ...this.#here }, notice)
    if (this.isNew || unlisted.length === 0) return
    this.#moving = this.#move(unlisted)
    await Promise.race([this.#moving, pause(START_MS, null, { ref: false })])
  }

  /** What to print at start, or null. */
  notice(): string | null {
    if (!this.isNew) return null
    const { videos, bytes } = this.#here
    const what = videos === 1 ? '1 video' : `${videos} videos`
    return (
      `The library's database is new, but its folder holds ${what} (${readableBytes(bytes)}). Nothing is changed. ` +
      '`npm run library -- rebuild` adds them to the library again.'
    )
  }

  /** Videos that a rebuild would look at. */
  async count(): Promise<{ videos: number; bytes: number }> {
    const kept = (await this.#options.quarantine.list()).filter(
      ({ kind, reason }) => kind === 'object' && reason === 'unlisted',
    )
    return {
      videos: this.#here.videos + kept.length,
      bytes: this.#here.bytes + kept.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    }
  }

  /** The files that no row names now, also while the database is new. */
  async files(): Promise<readonly UnlistedThing[]> {
    await this.#moving
    return (await this.#sweep()).unlisted
  }

  /** The user keeps the new database: all these files are moved to quarantine. */
  async keep(): Promise<void> {
    await this.#move(await this.files())
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
    const videos = unlisted.filter(({ kind }) => kind === 'object')
    this.#here = { videos: videos.length, bytes: videos.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) }
    return { unlisted, foreign: swept.flatMap((one) => one.foreign) }
  }

  async #move(files: readonly UnlistedThing[]): Promise<void> {
    const { log } = this.#options
    let moved = 0
    for (const { kind, path: file, sizeBytes, setAside } of files) {
      if (!this.#open) break
      try {
        if (await setAside()) moved += 1
        if (kind === 'object') this.#leave(sizeBytes)
      } catch (error) {
        // A full disk, or another disk under that folder: it stays where it is, and the next start tries again.
        log.error({ err: error, path: this.#below(file) }, 'a file that no row names could not be moved to quarantine')
      }
    }
    if (moved > 0) log.warn({ moved }, 'moved files that no row names to quarantine')
    this.#options.onChange()
  }

  #leave(sizeBytes: number): void {
    const { videos, bytes } = this.#here
    this.#here = { videos: Math.max(0, videos - 1), bytes: Math.max(0, bytes - sizeBytes) }
  }

  #below(file: string): string {
    return path.relative(this.#options.folder.root, file)
  }
}
