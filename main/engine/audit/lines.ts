import type { Database } from '../../platform/database/index.ts'
import { AuditRows } from './audit-rows.ts'

/** Events read at once. */
const PAGE = 500

/** The whole audit log, newest first: one JSON object a line, each with its line break. */
export async function* auditLines(database: Database): AsyncGenerator<string, void> {
  const rows = new AuditRows(database)
  let before: number | null = null
  for (;;) {
    const events = rows.page(before, PAGE)
    for (const event of events) yield `${JSON.stringify(event)}\n`
    before = events.at(-1)?.id ?? null
    if (before === null) return
    // Others get their turn between two pages.
    await new Promise(setImmediate)
  }
}
