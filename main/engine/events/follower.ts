import type { Clock } from '../../base/clock.ts'
import type { Database } from '../../platform/database/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { StoredEvent } from './event.ts'

/** Handed over at once; after each batch the position is written. */
const BATCH = 100
/** How long after a failure the same events are handed over again. */
const RETRY_MS = 10_000

export interface FollowerOptions {
  readonly name: string
  readonly kinds: readonly string[]
  readonly handle: (events: readonly StoredEvent[]) => void | Promise<void>
  readonly clock: Clock
  readonly database: Database
  readonly log: Log
  /** Called when its position moved. */
  readonly onPassed: () => void
}

interface EventRow {
  id: number
  kind: string
  subject_id: string
  at: number
  details: string
}

/** Hands the events of its kinds to one handler, in order, and keeps how far it got. */
export class Follower {
  readonly name: string
  readonly #options: FollowerOptions
  readonly #kinds: ReadonlySet<string>
  readonly #next
  readonly #newest
  readonly #move
  /** The id of the last event that was handled. */
  #position: number
  #isOpen = false
  #running: Promise<void> | null = null
  #isWoken = false
  #cancelRetry = (): void => undefined

  constructor(options: FollowerOptions) {
    const { database, kinds, name } = options
    this.name = name
    this.#options = options
    this.#kinds = new Set(kinds)
    this.#next = database.prepare<EventRow>(
      `SELECT * FROM events WHERE id > :position AND kind IN (SELECT value FROM json_each(:kinds))
       ORDER BY id LIMIT ${BATCH}`,
    )
    this.#newest = database.prepare<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM events')
    this.#move = database.prepare('INSERT OR REPLACE INTO event_followers (name, position) VALUES (:name, :position)')
    const kept = database
      .prepare<{ position: number }>('SELECT position FROM event_followers WHERE name = :name')
      .get({ name })
    this.#position = kept?.position ?? this.#newestId()
    if (!kept && !database.isReadOnly) this.#moveTo(this.#position)
  }

  follows(kind: string): boolean {
    return this.#kinds.has(kind)
  }

  start(): void {
    this.#isOpen = true
    this.wake()
  }

  wake(): void {
    this.#isWoken = true
    if (!this.#isOpen) return
    this.#running ??= this.#run().finally(() => {
      this.#running = null
      if (this.#isWoken) this.wake()
    })
  }

  async stop(): Promise<void> {
    this.#isOpen = false
    this.#cancelRetry()
    await this.#running
  }

  async #run(): Promise<void> {
    const { handle, clock, log } = this.#options
    try {
      while (this.#isOpen) {
        this.#isWoken = false
        // Read first: what is committed after the events were read is not passed over.
        const newest = this.#newestId()
        const events = this.#read()
        if (events.length > 0) await handle(events)
        const last = events.length < BATCH ? newest : (events.at(-1)?.id ?? newest)
        if (last > this.#position) {
          this.#moveTo(last)
          this.#options.onPassed()
        }
        if (events.length < BATCH) return
      }
    } catch (error) {
      this.#isWoken = false
      log.error({ err: error, follower: this.name }, 'events could not be handled; it is tried again')
      this.#cancelRetry = clock.setTimeout(() => this.wake(), RETRY_MS)
    }
  }

  #read(): StoredEvent[] {
    const rows = this.#next.all({ position: this.#position, kinds: JSON.stringify([...this.#kinds]) })
    return rows.map(({ id, kind, subject_id: subjectId, at, details }) => {
      return { id, kind, subjectId, at, details: JSON.parse(details) as StoredEvent['details'] }
    })
  }

  #newestId(): number {
    return this.#newest.get()?.id ?? 0
  }

  #moveTo(position: number): void {
    this.#move.run({ name: this.name, position })
    this.#position = position
  }
}
