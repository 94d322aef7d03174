import { describe, expect, it } from 'vitest'
import { type AuditEvent, EngineError, listAudit, openAnnotated } from '../../../main/contract/index.ts'
import { failureOf, json, liveServer, OWNER } from '../live-server.ts'
import { as, KEYS, OWNER_ID, serve } from '../scripted-server.ts'

const server = liveServer()
const SIGNER = { userId: OWNER_ID, scopes: new Set(['read'] as const) }
const LINES = { accept: 'application/x-ndjson' }

interface Page {
  readonly events: AuditEvent[]
  readonly has_more: boolean
}

const page = (query = '') => json<Page>(server.get(`/audit-log${query}`))
const guess = (key: string) => fetch(`${server.url}/api/v2/api-keys`, { headers: as(key) })

describe('the audit log over HTTP', () => {
  it('records who deleted a key, by which transport', async () => {
    const { id } = await json<{ id: string }>(server.send('/api-keys', { name: 'Reviewer tablet' }), 201)
    const gone = await fetch(`${server.url}/api/v2/api-keys/${id}`, { method: 'DELETE', headers: as(OWNER) })
    expect(gone.status).toBe(204)
    expect((await page('?limit=1')).events).toMatchObject([
      {
        ...{ action: 'keys.delete', outcome: 'done', user: 'owner', door: 'aionvision', target: id },
        details: { name: 'Reviewer tablet' },
      },
    ])
  })

  it('records refused scopes and failed sign-ins, without the keys', async () => {
    const { api_key } = await json<{ api_key: string }>(server.send('/api-keys', { name: 'r', scopes: ['read'] }), 201)
    const keys = ['one', 'two', 'three', 'four'].map((word) => `fieldreel_${word.repeat(12)}`)
    const forbidden = await fetch(`${server.url}/api/v2/api-keys`, {
      ...{ method: 'POST', headers: { ...as(api_key), 'content-type': 'application/json' } },
      body: JSON.stringify({ name: 'mine', scopes: ['admin'] }),
    })
    expect(forbidden.status).toBe(403)
    for (const key of keys) expect((await guess(key)).status).toBe(401)
    const { events } = await page()
    expect(events.slice(0, 2)).toMatchObject([
      {
        ...{ action: 'signIn', outcome: 'failed', user: null, target: '127.0.0.1' },
        details: { keyPrefix: expect.stringMatching(/^field/) as string, count: 4 },
      },
      { action: 'keys.create', outcome: 'failed', target: null, details: { code: 'forbidden' } },
    ])
    const text = JSON.stringify(events)
    for (const secret of [...keys, api_key, OWNER]) expect(text).not.toContain(secret)
  })

  it('is paged by the id of the last event', async () => {
    for (let i = 0; i < 3; i += 1) await server.send('/api-keys', { name: `k${i}` })
    const first = await page('?limit=2')
    const second = await page(`?limit=2&before=${first.events[1]?.id}`)
    expect(first.has_more).toBe(true)
    expect(second.events[0]?.id).toBe((first.events[1]?.id ?? 0) - 1)
    expect(await failureOf(server.get('/audit-log?limit=501'))).toEqual([422, 'VALIDATION_ERROR'])
    expect(await failureOf(server.get('/audit-log?before=0'))).toEqual([422, 'VALIDATION_ERROR'])
  })

  it('comes whole as JSON lines to who asks for them', async () => {
    const response = await fetch(`${server.url}/api/v2/audit-log`, { headers: { ...as(OWNER), ...LINES } })
    expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
    const lines = (await response.text()).split('\n')
    expect(lines.pop()).toBe('')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual((await page('?limit=500')).events)
    const head = await fetch(`${server.url}/api/v2/audit-log`, { method: 'HEAD', headers: { ...as(OWNER), ...LINES } })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })
})

describe('lines of the audit log', () => {
  const event = (id: number): AuditEvent => ({
    ...{ id, at: '2026-11-12T10:00:00.000Z', user: 'Mara', door: 'window', action: 'keys.delete' },
    ...{ outcome: 'done', target: null, details: { name: 'two\nlines' } },
  })

  it('go on over as many pages as there are', async () => {
    const asked: unknown[] = []
    const { url } = await serve((operations) =>
      operations.implement(listAudit, ({ before = 1202, limit }) => {
        asked.push(before)
        const ids = Array.from({ length: Math.min(limit, before - 1) }, (_, i) => before - 1 - i)
        return { events: ids.map(event), hasMore: before - 1 > limit }
      }),
    )
    const response = await fetch(`${url}/api/v2/audit-log?limit=3`, {
      headers: { ...as(KEYS.admin), accept: 'text/html, application/x-ndjson;q=0.9' },
    })
    const ids = (await response.text())
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as AuditEvent).id)
    expect(ids).toEqual(Array.from({ length: 1201 }, (_, i) => 1201 - i))
    expect(asked).toEqual([1202, 702, 202])
  })

  it('are refused like any answer: without the scope, and when the engine cannot', async () => {
    const { url } = await serve((operations) =>
      operations.implement(listAudit, () => {
        throw new EngineError('unavailable', 'Not now.')
      }),
    )
    const ask = (key: string) => fetch(`${url}/api/v2/audit-log`, { headers: { ...as(key), ...LINES } })
    expect((await ask(KEYS.admin)).status).toBe(503)
    expect((await ask(KEYS.writer)).status).toBe(403)
    expect((await ask('other')).status).toBe(401)
  })
})

describe('failed sign-ins', () => {
  it('are recorded for unknown and expired keys, and for nothing else', async () => {
    const heard: object[] = []
    const { url } = await serve(undefined, { onSignInFailed: (attempt) => heard.push(attempt) })
    const send = (headers: Record<string, string>) => fetch(`${url}/api/v2/api-keys`, { headers })
    for (const key of [KEYS.expired, 'abcdefgh', KEYS.reader]) await send(as(key))
    await send({})
    await send({ authorization: 'Basic dXNlcjpwYXNzd29yZA==' })
    expect(heard).toEqual([
      { address: '127.0.0.1', keyPrefix: 'aion_e' },
      { address: '127.0.0.1', keyPrefix: 'abcd' },
      { address: '127.0.0.1', keyPrefix: null },
    ])
  })
})

describe('who came by a signed link', () => {
  it('is recorded apart from the caller of a key', async () => {
    const callers: object[] = []
    const { url } = await serve(
      (operations) =>
        operations.implement(openAnnotated, (_input, { caller }) => {
          callers.push({ userId: caller.userId, byLink: caller.byLink })
          throw new EngineError('not_found', 'There is none.')
        }),
      { checkSignature: (target) => (target.includes('signature=') ? SIGNER : 'unsigned') },
    )
    const annotated = `${url}/v1/video/tasks/vt_01ARZ3NDEKTSV4RRFFQ69G5FAV/annotated`
    await fetch(`${annotated}?signature=a`)
    await fetch(annotated, { headers: as(KEYS.reader) })
    expect(callers).toEqual([
      { userId: OWNER_ID, byLink: true },
      { userId: OWNER_ID, byLink: undefined },
    ])
  })
})
