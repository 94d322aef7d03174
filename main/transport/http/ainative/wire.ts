import { z } from 'zod'
import { Id } from '../../../contract/index.ts'

export const PREFIX = '/api/v1'

/** A well-formed id that nothing has. */
const UNKNOWN_ID = '00000000-0000-0000-0000-000000000000'

/** An id in a path. One that is no UUID belongs to nothing: "404 missing", where a malformed field of a body is a 422. */
export const PathId = z
  .string()
  .meta({ format: 'uuid' })
  .transform((id) => Id.safeParse(id).data ?? UNKNOWN_ID)

export const VideoPath = z.object({ video_id: PathId })

/** `a,b`, `?tags=a&tags=b` or both; what is empty says nothing. */
export const Listed = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().flatMap((part) => part.split(',').map((label) => label.trim())))
  .transform((labels) => labels.filter((label) => label !== ''))

const Count = z.coerce.number().int()
const Limit = Count.min(1).max(100).optional()

/** LI-3 */
export const PageQuery = z.object({
  page: Count.min(1).max(1_000_000).optional().describe('1 is the first.'),
  limit: Limit.describe('Items a page.'),
  page_size: Limit.describe('The same as limit.'),
  per_page: Limit.describe('The same as limit.'),
  offset: Count.min(0).max(100_000_000).optional().describe('Items to pass over; goes before page.'),
})

/** Which part of a list is asked for. */
export interface Page {
  readonly page: number
  readonly limit: number
  readonly offset: number
}

/** @param usual items a page, when the request does not say. */
export function pageOf(query: z.output<typeof PageQuery>, usual: number): Page {
  const limit = query.limit ?? query.page_size ?? query.per_page ?? usual
  const offset = query.offset ?? ((query.page ?? 1) - 1) * limit
  return { page: Math.floor(offset / limit) + 1, limit, offset }
}
