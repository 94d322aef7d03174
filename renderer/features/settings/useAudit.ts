import { useInfiniteQuery } from '@tanstack/react-query'
import { type AuditEvent, type EngineError, listAudit } from '../../../main/contract/index.ts'
import type { z } from 'zod'
import { engine } from '../../shared/engine/client.ts'

/** Events that are shown at first, and that each press adds. */
const SHOWN = 25
/** Events asked for at once when all of them are saved: the most that one answer holds. */
const SAVED = 500

type Page = z.output<(typeof listAudit)['output']>

/** The audit log from the newest event on, page by page. */
export function useAudit() {
  return useInfiniteQuery<Page, EngineError, AuditEvent[], readonly string[], number | null>({
    queryKey: ['audit', listAudit.name],
    initialPageParam: null,
    queryFn: ({ pageParam }) =>
      engine.run(listAudit, { limit: SHOWN, ...(pageParam !== null && { before: pageParam }) }),
    getNextPageParam: ({ events, hasMore }) => (hasMore ? (events.at(-1)?.id ?? null) : null),
    select: ({ pages }) => pages.flatMap((page) => page.events),
  })
}

/** Every event, newest first, as JSON lines. @throws EngineError. */
export async function auditAsLines(): Promise<string[]> {
  const lines: string[] = []
  for (let before: number | undefined; ;) {
    const page: Page = await engine.run(listAudit, { limit: SAVED, ...(before !== undefined && { before }) })
    lines.push(...page.events.map((event: AuditEvent) => `${JSON.stringify(event)}\n`))
    before = page.events.at(-1)?.id
    if (!page.hasMore || before === undefined) return lines
  }
}
