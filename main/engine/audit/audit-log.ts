import { toInstant } from '../../base/clock.ts'
import { type AuditEvent, type AuditSubject, asEngineError, type Operation } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { Caller, AuditedRun, AuditRecorder } from '../operations.ts'
import { AuditRows } from './audit-rows.ts'
import { Repeats } from './repeats.ts'

/** Newest events that are kept of each outcome: attempts that failed never push out what was done. */
const KEPT = { done: 100_000, failed: 20_000 } as const
/** Old events are deleted after so many new ones. */
const CUT_EVERY = 100
/** Milliseconds between two errors in the log file. */
const ERROR_EVERY_MS = 60_000
/** No detail is longer, in characters. */
const MOST_CHARACTERS = 500

export interface AuditLogOptions {
  readonly database: Database
  readonly log: Log
  /** What a user is called; null for one that is gone. */
  readonly userName: (userId: string) => string | null
  /** What a thing is called; null when unknown. May throw for what is not there. */
  readonly titleOf?: (subject: AuditSubject, id: string) => string | null
  readonly onChange?: () => void
  readonly now?: () => number
  readonly kept?: { readonly done: number; readonly failed: number }
}

/** An event that is about to be written. */
export interface NewEvent {
  readonly userId: string | null
  readonly door: string
  readonly action: string
  readonly outcome: 'done' | 'failed'
  readonly target: string | null
  readonly details?: Readonly<Record<string, unknown>>
  /** Events of the same text within a minute are one, with a count. */
  readonly repeatOf?: string
}

/**
 * Who did what. An event is written right after its action, in the same turn of the event loop; when it cannot be
 * written, the action stays done and the log file has an error.
 */
export class AuditLog implements AuditRecorder {
  readonly #options: AuditLogOptions
  readonly #rows: AuditRows
  readonly #repeats = new Repeats()
  readonly #now: () => number
  #sinceCut = CUT_EVERY
  /** Events that could not be written since the start. */
  #missing = 0
  #silentUntil = 0

  constructor(options: AuditLogOptions) {
    this.#options = options
    this.#rows = new AuditRows(options.database)
    this.#now = options.now ?? Date.now
  }

  /** Begins to record an operation; null for one without an audit rule. */
  begin(operation: Operation, caller: Caller): AuditedRun | null {
    return operation.audit ? new RecordedRun(this, operation, caller) : null
  }

  /** What a thing is called now; null when that cannot be had. */
  nameOf(subject: AuditSubject | undefined, id: string | null): string | null {
    if (subject === undefined || id === null) return null
    try {
      return this.#options.titleOf?.(subject, id) ?? null
    } catch {
      // What is not there has no name; the operation itself answers that.
      return null
    }
  }

  /** Writes an event down, or counts it on the one that is there. Never throws. */
  record(event: NewEvent): void {
    const now = this.#now()
    try {
      if (event.repeatOf === undefined) this.#insert(event, now)
      else this.#insertOnce(event, event.repeatOf, now)
    } catch (error) {
      this.logMissing(error, event.action)
    }
  }

  /** Logs that events are missing, at most once a minute: a disk may stay full for long. */
  logMissing(error: unknown, action: string): void {
    const now = this.#now()
    this.#missing += 1
    if (now < this.#silentUntil) return
    this.#silentUntil = now + ERROR_EVERY_MS
    const missing = this.#missing
    this.#options.log.error({ err: error, action, missing }, 'an audit event could not be written')
  }

  /** A key was refused. @param keyPrefix its first characters, never more. */
  signInFailed({ address, keyPrefix }: { address: string; keyPrefix: string | null }): void {
    this.record({
      ...{ userId: null, door: 'http', action: 'signIn', outcome: 'failed', target: address },
      details: keyPrefix === null ? {} : { keyPrefix },
      repeatOf: `signIn ${address}`,
    })
  }

  /** A page of events, newest first. */
  list({ before, limit }: { before?: number | undefined; limit: number }): { events: AuditEvent[]; hasMore: boolean } {
    this.saveCounts()
    const events = this.#rows.page(before ?? null, limit + 1)
    return { events: events.slice(0, limit), hasMore: events.length > limit }
  }

  /** Stores how often actions were repeated. Called once a minute, before a list, and when the engine closes. */
  saveCounts(): void {
    const changed = this.#repeats.take(this.#now())
    if (changed.length === 0) return
    try {
      this.#options.database.transaction(() => {
        for (const { id, count, lastAt } of changed) this.#rows.setCount.run({ id, count, lastAt: toInstant(lastAt) })
      })
    } catch (error) {
      this.logMissing(error, 'counts')
    }
  }

  #insertOnce(event: NewEvent, repeatOf: string, now: number): void {
    const crowded = `${event.action} of many`
    if (this.#repeats.count(repeatOf, now)) return
    if (this.#repeats.hasRoom(now)) this.#repeats.begin(repeatOf, this.#insert(event, now), now)
    else if (!this.#repeats.count(crowded, now)) {
      const one = { ...event, target: null, details: { many: true } }
      this.#repeats.begin(crowded, this.#insert(one, now), now)
    }
  }

  #insert({ userId, door, action, outcome, target, details = {} }: NewEvent, now: number): number {
    const { userName, onChange } = this.#options
    const row = this.#rows.insert.get({
      ...{ now, userId, door, action, outcome },
      userName: userId === null ? null : userName(userId),
      target: target === null ? null : shortened(target),
      details: JSON.stringify(details, (_key, value: unknown) =>
        typeof value === 'string' ? shortened(value) : value,
      ),
    })
    this.#cut()
    onChange?.()
    return row?.id ?? 0
  }

  #cut(): void {
    if ((this.#sinceCut += 1) < CUT_EVERY) return
    this.#sinceCut = 0
    const { done, failed } = this.#options.kept ?? KEPT
    this.#rows.cut.run({ outcome: 'done', kept: done })
    this.#rows.cut.run({ outcome: 'failed', kept: failed })
  }
}

/** One run of an operation that the log keeps, from before it is allowed until it has ended. */
class RecordedRun implements AuditedRun {
  readonly #log: AuditLog
  readonly #operation: Operation
  readonly #caller: Caller
  #input: unknown
  #name: string | null = null
  #isUnderstood = false

  constructor(log: AuditLog, operation: Operation, caller: Caller) {
    this.#log = log
    this.#operation = operation
    this.#caller = caller
  }

  understood(input: unknown): void {
    this.#input = input
    this.#isUnderstood = true
    this.#guarded(() => {
      const rule = this.#operation.audit
      if (rule) this.#name = this.#log.nameOf(rule.subject, rule.target(input, null))
    })
  }

  done(output: unknown): void {
    this.#guarded(() => this.#record('done', output, {}))
  }

  failed(error: unknown): void {
    const { code } = asEngineError(error)
    // Callers that are not signed in are recorded by `signIn`; invalid input asks for nothing.
    if (code === 'unauthenticated' || (code === 'invalid_input' && !this.#isUnderstood)) return
    this.#guarded(() => this.#record('failed', null, { code }))
  }

  /** A failing rule must neither prevent an operation nor make one that is done look failed. */
  #guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#log.logMissing(error, this.#operation.name)
    }
  }

  #record(outcome: 'done' | 'failed', output: unknown, why: { code?: string }): void {
    const { name: action, audit: rule } = this.#operation
    const { door, byLink = false } = this.#caller
    // Who holds a link is not known.
    const userId = byLink ? null : this.#caller.userId
    if (!rule) return
    if (this.#isUnderstood && rule.when && !rule.when(this.#input, door)) return
    const target = this.#isUnderstood ? rule.target(this.#input, output) : null
    const name = this.#name ?? this.#log.nameOf(rule.subject, target)
    const details = this.#isUnderstood ? rule.details?.(this.#input, output) : {}
    const isCounted = outcome === 'failed' || rule.counted === true
    this.#log.record({
      ...{ userId, door, action, outcome, target },
      details: { ...(name !== null && { name }), ...details, ...(byLink && { byLink }), ...why },
      ...(isCounted && { repeatOf: JSON.stringify([userId, door, action, outcome === 'done' ? target : why.code]) }),
    })
  }
}

/** Limits what one caller can add to the log. */
function shortened(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}…`
}
