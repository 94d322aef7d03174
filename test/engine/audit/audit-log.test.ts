import pino from 'pino'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { EngineError, operation } from '../../../main/contract/index.ts'
import { auditLines, AuditLog, type AuditLogOptions } from '../../../main/engine/audit/index.ts'
import { type Call, Operations } from '../../../main/engine/operations.ts'
import { newDatabase } from '../../support/database.ts'

const remove = operation('test.remove', {
  summary: 'Removes a thing.',
  scope: 'write',
  input: z.object({ id: z.string().max(10), secret: z.string().default('') }),
  output: z.object({ removed: z.int() }),
  audit: { subject: 'video', target: ({ id }) => id, details: (_input, output) => ({ removed: output?.removed }) },
})
const download = operation('test.download', {
  summary: 'Reads a thing range by range.',
  scope: 'read',
  input: z.object({ id: z.string() }),
  output: z.object({}),
  audit: { target: ({ id }) => id, counted: true, when: (_input, door) => door !== 'window' },
})
const look = operation('test.look', {
  summary: 'Nothing to answer for.',
  scope: 'read',
  input: z.object({}),
  output: z.object({}),
})

function callOf(scopes: Array<'read' | 'write'> = ['read', 'write'], userId: string | null = 'u1'): Call {
  return { signal: new AbortController().signal, caller: { door: 'aionvision', userId, scopes: new Set(scopes) } }
}

/** A log over a library of one thing, `a` called "Gate", and an engine that removes it. */
async function opened(options: Partial<AuditLogOptions> = {}) {
  const database = await newDatabase()
  const clock = { now: Date.UTC(2026, 10, 12, 10) }
  const things = new Map([['a', 'Gate']])
  const audit = new AuditLog({
    ...{ database, log: pino({ level: 'silent' }), now: () => clock.now },
    userName: (id) => (id === 'u1' ? 'Mara' : null),
    titleOf: (subject, id) => (subject === 'video' ? (things.get(id) ?? null) : null),
    ...options,
  })
  const operations = new Operations()
  operations.recordIn(audit)
  operations
    .implement(remove, ({ id }) => {
      if (!things.delete(id)) throw new EngineError('not_found', 'There is no such thing.')
      return { removed: 1 }
    })
    .implement(download, () => ({}))
    .implement(look, () => ({}))
  const events = () => audit.list({ limit: 100 }).events
  return { database, clock, audit, operations, events }
}

describe('the audit log', () => {
  it('keeps who did what to what, by the name that the thing had before it was removed', async () => {
    const { operations, events } = await opened()
    await operations.run(remove, { id: 'a', secret: 'hush' }, callOf())
    expect(events()).toEqual([
      {
        ...{ id: 1, at: '2026-11-12T10:00:00.000Z', user: 'Mara', door: 'aionvision', action: 'test.remove' },
        ...{ outcome: 'done', target: 'a', details: { name: 'Gate', removed: 1 } },
      },
    ])
  })

  it('keeps what was refused or failed with its error code, and only its rule’s words', async () => {
    const { operations, events } = await opened()
    await expect(operations.run(remove, { id: 'b', secret: 'hush' }, callOf())).rejects.toThrow()
    await expect(operations.run(remove, { id: 'a' }, callOf(['read']))).rejects.toThrow()
    expect(events()).toMatchObject([
      { outcome: 'failed', user: 'Mara', target: null, details: { code: 'forbidden' } },
      { outcome: 'failed', user: 'Mara', target: 'b', details: { code: 'not_found' } },
    ])
    expect(JSON.stringify(events())).not.toContain('hush')
  })

  it('records no action of an anonymous caller, no invalid input and no operation without an audit rule', async () => {
    const { operations, events } = await opened()
    await expect(operations.run(remove, { id: 'a' }, callOf([], null))).rejects.toThrow()
    await expect(operations.run(remove, { id: 'far too long' }, callOf())).rejects.toThrow()
    await operations.run(look, {}, callOf())
    await operations.run(download, { id: 'a' }, { ...callOf(), caller: { ...callOf().caller, door: 'window' } })
    expect(events()).toEqual([])
  })

  it('counts a file that is read range by range once a minute', async () => {
    const { operations, events, clock } = await opened()
    for (let i = 0; i < 3; i += 1) await operations.run(download, { id: 'a' }, callOf())
    await operations.run(download, { id: 'b' }, callOf())
    clock.now += 60_000
    await operations.run(download, { id: 'a' }, callOf())
    expect(events().map(({ target, details }) => [target, details['count']])).toEqual([
      ['a', undefined],
      ['b', undefined],
      ['a', 3],
    ])
  })

  it('does not take the holder of a link for the one whom it reads for', async () => {
    const { operations, events } = await opened()
    const call = callOf(['read'])
    await operations.run(download, { id: 'a' }, { ...call, caller: { ...call.caller, byLink: true } })
    expect(events()).toMatchObject([{ user: null, target: 'a', details: { byLink: true } }])
  })

  it('counts failed sign-ins of one address once a minute, and keeps a count over a restart', async () => {
    const { audit, clock, database } = await opened()
    for (let i = 0; i < 5; i += 1) {
      audit.signInFailed({ address: '203.0.113.7', keyPrefix: 'fieldreel_Xq2R' })
      clock.now += 1000
    }
    audit.signInFailed({ address: '203.0.113.8', keyPrefix: null })
    audit.saveCounts()
    const next = new AuditLog({ database, log: pino({ level: 'silent' }), userName: () => null })
    expect(next.list({ limit: 10 }).events).toMatchObject([
      { user: null, door: 'http', action: 'signIn', outcome: 'failed', target: '203.0.113.8', details: {} },
      {
        ...{ action: 'signIn', target: '203.0.113.7', at: '2026-11-12T10:00:00.000Z' },
        details: { keyPrefix: 'fieldreel_Xq2R', count: 5, lastAt: '2026-11-12T10:00:04.000Z' },
      },
    ])
  })

  it('writes one event for the many, when more addresses come than it tells apart', async () => {
    const { audit, events, clock } = await opened()
    for (let i = 0; i < 1500; i += 1) audit.signInFailed({ address: `198.51.${i >> 8}.${i & 255}`, keyPrefix: null })
    expect(audit.list({ limit: 500 }).events.length).toBe(500)
    expect(events()[0]).toMatchObject({ target: null, details: { many: true, count: 500 } })
    clock.now += 61_000
    audit.signInFailed({ address: '192.0.2.1', keyPrefix: null })
    expect(events()[0]).toMatchObject({ target: '192.0.2.1' })
  })

  it('keeps the newest, and failures never push out what was done', async () => {
    const { audit, database } = await opened({ kept: { done: 150, failed: 20 } })
    const event = { userId: 'u1', door: 'window', target: null } as const
    for (let i = 0; i < 300; i += 1) audit.record({ ...event, action: `done ${i}`, outcome: 'done' })
    for (let i = 0; i < 300; i += 1) audit.record({ ...event, action: `failed ${i}`, outcome: 'failed' })
    const count = (outcome: string) =>
      database
        .prepare<{ count: number }>('SELECT count(*) AS count FROM audit_events WHERE outcome = :outcome')
        .get({ outcome })?.count ?? 0
    expect(count('done')).toBeGreaterThanOrEqual(150)
    expect(count('done')).toBeLessThan(260)
    expect(count('failed')).toBeGreaterThanOrEqual(20)
    expect(count('failed')).toBeLessThan(130)
    expect(audit.list({ limit: 1 }).events[0]).toMatchObject({ action: 'failed 299', id: 600 })
  })

  it('pages from the newest on', async () => {
    const { audit } = await opened()
    for (let i = 1; i <= 5; i += 1) {
      audit.record({ userId: null, door: 'window', action: `deed ${i}`, outcome: 'done', target: null })
    }
    const first = audit.list({ limit: 2 })
    expect([first.events.map(({ id }) => id), first.hasMore]).toEqual([[5, 4], true])
    const last = audit.list({ before: 4, limit: 3 })
    expect([last.events.map(({ id }) => id), last.hasMore]).toEqual([[3, 2, 1], false])
  })

  it('keeps the action when its event cannot be written, and logs that once a minute', async () => {
    const log = pino({ level: 'silent' })
    const complaint = vi.spyOn(log, 'error')
    const { operations, database, audit, clock } = await opened({ log })
    database.prepare('DROP TABLE audit_events').run()
    await expect(operations.run(remove, { id: 'a' }, callOf())).resolves.toEqual({ removed: 1 })
    expect(complaint).toHaveBeenCalledWith(
      expect.objectContaining({ action: 'test.remove' }),
      'an audit event could not be written',
    )
    for (let i = 0; i < 50; i += 1) audit.signInFailed({ address: `10.0.0.${i}`, keyPrefix: null })
    expect(complaint).toHaveBeenCalledTimes(1)
    clock.now += 60_000
    audit.signInFailed({ address: '10.0.1.1', keyPrefix: null })
    expect(complaint).toHaveBeenLastCalledWith(expect.objectContaining({ missing: 52 }), expect.any(String))
  })

  it('shortens what somebody made long', async () => {
    const { audit, events } = await opened()
    const name = 'x'.repeat(5000)
    audit.record({ userId: null, door: 'window', action: 'a', outcome: 'done', target: name, details: { name } })
    expect(events()[0]?.target?.length).toBe(501)
    expect(JSON.stringify(events()[0]?.details).length).toBeLessThan(520)
  })

  it('is written out whole as JSON lines', async () => {
    const { audit, database } = await opened()
    for (let i = 1; i <= 1201; i += 1) {
      audit.record({ userId: 'u1', door: 'window', action: 'deed\nof two lines', outcome: 'done', target: String(i) })
    }
    const lines: string[] = []
    for await (const line of auditLines(database)) lines.push(line)
    expect(lines.every((line) => line.endsWith('\n') && line.indexOf('\n') === line.length - 1)).toBe(true)
    expect(lines.map((line) => (JSON.parse(line) as { id: number }).id)).toEqual(
      Array.from({ length: 1201 }, (_, i) => 1201 - i),
    )
  })
})
