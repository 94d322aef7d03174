import type { Database } from '../../platform/database/index.ts'
import type { KeyRow, KeyRows } from './key-rows.ts'

interface Uses {
  readonly count: number
  readonly lastUsedAt: number
}

/**
 * How often and when keys were used. Counted in memory and stored once a minute: a write at every request would cost a
 * disk sync each. A crash loses the last minute.
 */
export class KeyUsage {
  readonly #database: Database
  readonly #rows: KeyRows
  readonly #uses = new Map<string, Uses>()

  constructor(database: Database, rows: KeyRows) {
    this.#database = database
    this.#rows = rows
  }

  count(keyId: string, now: number): void {
    this.#uses.set(keyId, { count: (this.#uses.get(keyId)?.count ?? 0) + 1, lastUsedAt: now })
  }

  /** The row as it would be if all uses were written down. */
  added(row: KeyRow): KeyRow {
    const uses = this.#uses.get(row.id)
    if (!uses) return row
    return { ...row, usage_count: row.usage_count + uses.count, last_used_at: uses.lastUsedAt }
  }

  /** Writes down what was counted since the last time. Nothing is written when nothing was used. */
  save(): void {
    if (this.#uses.size === 0) return
    this.#database.transaction(() => {
      for (const [id, uses] of this.#uses) this.#rows.addUsage.run({ id, ...uses })
    })
    this.#uses.clear()
  }
}
