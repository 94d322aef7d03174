import { printableJson } from '../base/printable.ts'
import { auditLines } from '../engine/audit/index.ts'
import { schema } from '../engine/schema.ts'
import { assertSameSchema, Database, schemaAge } from '../platform/database/index.ts'
import type { DataFolder } from '../platform/files/index.ts'
import type { CommandAnswer } from './answer.ts'

/**
 * Prints the whole audit log, newest first, beside a process that has the library open or without one.
 * @param write takes a line with its end, and resolves when there is room for the next.
 * @throws EngineError `unavailable` for a library of another version, `library_damaged`.
 */
export async function printAudit(
  { database: file }: DataFolder,
  write: (line: string) => Promise<void>,
): Promise<CommandAnswer> {
  assertSameSchema(schemaAge(file, schema))
  const database = Database.openToRead(file)
  try {
    for await (const line of auditLines(database)) await write(printableJson(line))
  } finally {
    database.close()
  }
  return { isWell: true, summary: null }
}
