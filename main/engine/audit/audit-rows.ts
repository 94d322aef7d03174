import { z } from 'zod'
import { toInstant } from '../../base/clock.ts'
import type { AuditEvent } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'

const Details = z.record(z.string(), z.unknown())

interface AuditRow {
  id: number
  at: number
  user_name: string | null
  door: string
  action: string
  outcome: 'done' | 'failed'
  target: string | null
  details: string
}

/** The `audit_events` table. */
export class AuditRows {
  readonly insert
  readonly setCount
  readonly cut
  readonly #page

  constructor(database: Database) {
    this.insert = database.prepare<{ id: number }>(
      `INSERT INTO audit_events (at, user_id, user_name, door, action, outcome, target, details)
       VALUES (:now, :userId, :userName, :door, :action, :outcome, :target, :details) RETURNING id`,
    )
    this.setCount = database.prepare(
      `UPDATE audit_events SET details = json_set(details, '$.count', :count, '$.lastAt', :lastAt) WHERE id = :id`,
    )
    this.cut = database.prepare(
      `DELETE FROM audit_events
        WHERE outcome = :outcome
          AND id <= (SELECT id FROM audit_events WHERE outcome = :outcome ORDER BY id DESC LIMIT 1 OFFSET :kept)`,
    )
    this.#page = database.prepare<AuditRow>(
      'SELECT * FROM audit_events WHERE id < :before ORDER BY id DESC LIMIT :limit',
    )
  }

  /** Newest first. @param before only those with a smaller id. */
  page(before: number | null, limit: number): AuditEvent[] {
    return this.#page.all({ before: before ?? Number.MAX_SAFE_INTEGER, limit }).map(toEvent)
  }
}

function toEvent({ id, at, user_name, door, action, outcome, target, details }: AuditRow): AuditEvent {
  const parsed = Details.parse(JSON.parse(details))
  return { id, at: toInstant(at), user: user_name, door, action, outcome, target, details: parsed }
}
