import { printableJson } from '../base/printable.ts'
import { EngineError } from '../contract/index.ts'
import { auditLines } from '../engine/audit/index.ts'
import { Database, schemaAge } from '../platform/database/index.ts'
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
  const age = schemaAge(file)
  if (age === 'older' || age === 'newer') {
    throw new EngineError('unavailable', 'This library is of another version of Fieldreel. Open it once with this one.')
  }
  const database = Database.openToRead(file)
  try {
    for await (const line of auditLines(database)) await write(printableJson(line))
  } finally {
    database.close()
  }
  return { isWell: true, summary: null }
}
