import { z } from 'zod'
import { Instant, operation } from '../operation.ts'

/** One audited action. */
export const AuditEvent = z.object({
  id: z.int(),
  at: Instant,
  /** The user's name; null for somebody who is not signed in. */
  user: z.string().nullable(),
  door: z.string(),
  /** The operation's name, or `signIn`. */
  action: z.string(),
  outcome: z.enum(['done', 'failed']),
  /** What it was done to: an id, a name, an address. */
  target: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
})
export type AuditEvent = z.infer<typeof AuditEvent>

export const listAudit = operation('audit.list', {
  summary: 'Who made or revoked keys, deleted, shared, exported, changed settings or failed to sign in; newest first.',
  scope: 'admin',
  input: z.object({
    /** Only those with a smaller id: the next page. */
    before: z.int().positive().optional(),
    limit: z.int().min(1).max(500).default(100),
  }),
  output: z.object({ events: z.array(AuditEvent), hasMore: z.boolean() }),
})
