import { type Database, inPages } from '../../platform/database/index.ts'

export interface ListedTask {
  readonly id: string
  readonly title: string
  readonly processedFrames: number
  readonly completedAt: number | null
}

/** What the rows say about tasks. Only reads, on any thread. */
export class TaskInventory {
  readonly #page
  readonly #get
  readonly #ofObject
  readonly #isBusy

  constructor(database: Database) {
    const task = 'SELECT id, title, processed_frames AS processedFrames, completed_at AS completedAt FROM tasks'
    this.#page = database.prepare<ListedTask>(`${task} WHERE id > :after ORDER BY id LIMIT :limit`)
    this.#get = database.prepare<ListedTask>(`${task} WHERE id = :id`)
    this.#ofObject = database.prepare<{ title: string }>('SELECT title FROM tasks WHERE sha256 = :sha256 LIMIT 1')
    this.#isBusy = database.prepare(`SELECT 1 FROM tasks WHERE status = 'running' LIMIT 1`)
  }

  all(): Generator<ListedTask> {
    return inPages(this.#page, ({ id }) => id)
  }

  has(id: string): boolean {
    return this.#get.get({ id }) !== undefined
  }

  /** The title of a task over an object, or null. */
  titleOfObject(sha256: string): string | null {
    return this.#ofObject.get({ sha256 })?.title ?? null
  }

  /** Whether one runs. */
  isBusy(): boolean {
    return this.#isBusy.get() !== undefined
  }
}
