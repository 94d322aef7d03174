import { type Clock, systemClock } from '../../base/clock.ts'
import type { Database } from '../../platform/database/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { EngineEvent, StoredEvent } from './event.ts'
import { Follower } from './follower.ts'

export interface EventsOptions {
  readonly database: Database
  readonly log: Log
  readonly clock?: Clock
}

/**
 * How a capability informs those above it. There are three ways to listen: in the transaction of the
 * change, after its commit, and as a follower, which handles each event although the process may end in between.
 */
export class Events {
  readonly #database: Database
  readonly #log: Log
  readonly #clock: Clock
  readonly #inTransaction = new Map<string, ((event: EngineEvent) => void)[]>()
  readonly #live: ((event: EngineEvent) => void)[] = []
  readonly #followers: Follower[] = []
  readonly #insert
  readonly #retire
  readonly #trim

  constructor({ database, log, clock = systemClock }: EventsOptions) {
    this.#database = database
    this.#log = log
    this.#clock = clock
    this.#insert = database.prepare(
      'INSERT INTO events (kind, subject_id, at, details) VALUES (:kind, :subjectId, :at, :details)',
    )
    this.#retire = database.prepare(
      'DELETE FROM event_followers WHERE name NOT IN (SELECT value FROM json_each(:names))',
    )
    this.#trim = database.prepare(
      'DELETE FROM events WHERE id <= coalesce((SELECT min(position) FROM event_followers), 9e18)',
    )
  }

  /** Calls `listener` in the transaction of the change: what it throws undoes the change. */
  inTransaction(kinds: readonly string[], listener: (event: EngineEvent) => void): void {
    for (const kind of kinds) this.#inTransaction.set(kind, [...(this.#inTransaction.get(kind) ?? []), listener])
  }

  /** Calls `listener` with every event, once it is committed. */
  afterCommit(listener: (event: EngineEvent) => void): void {
    this.#live.push(listener)
  }

  /**
   * Adds a follower: each event of its kinds is handled, in order, at least once. One that is new to the library gets
   * the events from now on, and has to read for itself what was there before.
   * @param name under which its position is kept; never change it.
   */
  follow(
    name: string,
    kinds: readonly string[],
    handle: (events: readonly StoredEvent[]) => void | Promise<void>,
  ): void {
    const { clock, database, log } = { clock: this.#clock, database: this.#database, log: this.#log }
    this.#followers.push(new Follower({ name, kinds, handle, clock, database, log, onPassed: () => this.#trim.run() }))
  }

  /** Part of the caller's transaction, if there is one. */
  publish(event: EngineEvent): void {
    this.#database.transaction(() => {
      const { kind, subjectId, details = {} } = event
      if (this.#followers.some((follower) => follower.follows(kind))) {
        this.#insert.run({ kind, subjectId, at: this.#clock.now(), details: JSON.stringify(details) })
      }
      for (const listener of this.#inTransaction.get(kind) ?? []) listener(event)
      this.#database.afterCommit(() => this.#notify(event))
    })
  }

  /** Begins to hand events to the followers, also those that an earlier process left. */
  start(): void {
    this.#retire.run({ names: JSON.stringify(this.#followers.map(({ name }) => name)) })
    this.#trim.run()
    for (const follower of this.#followers) follower.start()
  }

  /** Waits for the handlers that run; the rest is handled after the next start. */
  async stop(): Promise<void> {
    await Promise.all(this.#followers.map((follower) => follower.stop()))
  }

  #notify(event: EngineEvent): void {
    for (const listener of this.#live) {
      try {
        listener(event)
      } catch (error) {
        // The change is committed: whoever made it must not see a failure.
        this.#log.error({ err: error, kind: event.kind }, 'a listener failed')
      }
    }
    for (const follower of this.#followers) if (follower.follows(event.kind)) follower.wake()
  }
}
