import { z } from 'zod'
import { EngineError } from '../../contract/index.ts'
import type { TaskRow } from './task-rows.ts'

const CursorContent = z.tuple([z.int().nonnegative(), z.string().max(64)])

/** PI-51 */
export function writeCursor({ created_at: createdAt, id }: TaskRow): string {
  return Buffer.from(JSON.stringify([createdAt, id])).toString('base64url')
}

/** @throws EngineError `malformed` (PI-51). */
export function readCursor(cursor: string): { createdAt: number; id: string } {
  const content = CursorContent.safeParse(parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  if (!content.success) throw new EngineError('malformed', 'This cursor is not one of ours.', { field: 'cursor' })
  const [createdAt, id] = content.data
  return { createdAt, id }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
