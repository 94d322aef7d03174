import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { compose } from '../../../main/compose.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { failureOf, json, liveServer, OWNER, UNKNOWN } from '../live-server.ts'
import { as, post } from '../scripted-server.ts'

const server = liveServer()

interface Key {
  readonly id: string
  readonly api_key: string
  readonly last_used_at: string | null
  readonly usage_count: number
  readonly scopes: string[]
}

const create = (more: object = {}) => json<Key>(server.send('/api-keys', { name: 'Edit', ...more }), 201)
const use = ({ api_key }: Key) =>
  fetch(`${server.url}/api/v2/video-analysis/status/${UNKNOWN}`, { headers: as(api_key) })

describe('a key over HTTP', () => {
  it('is refused while it is switched off, and let in again after', async () => {
    const key = await create()
    const turn = (is_active: boolean) => json(server.send(`/api-keys/${key.id}`, { is_active }, 'PUT'))
    const ids = async (query: string) =>
      (await json<{ api_keys: Key[] }>(server.get(`/api-keys${query}`))).api_keys.map(({ id }) => id)
    expect((await use(key)).status).toBe(404)
    expect(await turn(false)).toMatchObject({ id: key.id, is_active: false })
    expect(await failureOf(use(key))).toEqual([401, 'INVALID_API_KEY'])
    expect(await ids('')).not.toContain(key.id)
    expect(await ids('?include_inactive=true')).toContain(key.id)
    await turn(true)
    expect((await use(key)).status).toBe(404)
  })

  it('tells how often it was used', async () => {
    const key = await create()
    expect(key).toMatchObject({ usage_count: 0, last_used_at: null })
    for (let i = 0; i < 3; i += 1) await use(key)
    const { usage_count, last_used_at } = await json<Key>(server.get(`/api-keys/${key.id}`))
    expect([usage_count, Date.now() - Date.parse(last_used_at ?? '') < 10_000]).toEqual([3, true])
  })

  it('keeps some metadata names to itself', async () => {
    const reserved = { metadata: { deactivated_at: 'now' } }
    expect(await failureOf(server.send('/api-keys', { name: 'a', ...reserved }))).toEqual([400, 'VALIDATION_ERROR'])
    const { id } = await create()
    expect(await failureOf(server.send(`/api-keys/${id}`, reserved, 'PUT'))).toEqual([400, 'VALIDATION_ERROR'])
    expect(await failureOf(server.send(`/api-keys/${UNKNOWN}`, { name: 'a' }, 'PUT'))).toEqual([404, 'NOT_FOUND'])
  })

  it('may do what the key that made it may do, unless scopes are given', async () => {
    const scopesFor = async (more: object) => (await create(more)).scopes
    const all = ['read', 'write', 'admin']
    expect([await scopesFor({}), await scopesFor({ scopes: [] }), await scopesFor({ scopes: null })]).toEqual([
      all,
      all,
      all,
    ])
    const manager = await create({ scopes: ['admin'] })
    const made = await json<Key>(fetch(`${server.url}/api/v2/api-keys`, post(manager.api_key, { name: 'a' })), 201)
    expect(made.scopes).toEqual(['admin'])
  })

  it('takes the published names of scopes, and refuses what it does not know', async () => {
    const { scopes } = await create({ scopes: ['usage:read', 'user-files:read', 'videos:write'] })
    expect(scopes).toEqual(['read', 'write'])
    for (const unknown of ['everything', 'usage:delete', 'READ', ':read', 'keys:admin', '']) {
      const refused = server.send('/api-keys', { name: 'a', scopes: ['read', unknown] })
      expect([unknown, ...(await failureOf(refused))]).toEqual([unknown, 400, 'VALIDATION_ERROR'])
    }
    expect(await failureOf(server.send('/api-keys', { name: 'a', scopes: [7] }))).toEqual([422, 'VALIDATION_ERROR'])
  })

  it('is inactive once it is deleted, and still shown', async () => {
    const key = await create()
    const gone = await fetch(`${server.url}/api/v2/api-keys/${key.id}`, { method: 'DELETE', headers: as(OWNER) })
    expect(gone.status).toBe(204)
    expect(await failureOf(use(key))).toEqual([401, 'INVALID_API_KEY'])
    expect(await json(server.get(`/api-keys/${key.id}`))).toMatchObject({ id: key.id, is_active: false })
    expect(await failureOf(server.send(`/api-keys/${key.id}`, { is_active: true }, 'PUT'))).toEqual([409, 'CONFLICT'])
  })

  it('is found under its id in capitals', async () => {
    const key = await create()
    const id = key.id.toUpperCase()
    expect(await json(server.get(`/api-keys/${id}`))).toMatchObject({ id: key.id })
  })

  it('manages others only with the scope admin', async () => {
    const { api_key, id } = await create({ scopes: ['read', 'write'] })
    for (const [method, pathname] of [
      ['GET', '/api-keys'],
      ['GET', `/api-keys/${id}`],
      ['DELETE', `/api-keys/${id}`],
    ] as const) {
      const answer = fetch(`${server.url}/api/v2${pathname}`, { method, headers: as(api_key) })
      expect(await failureOf(answer)).toEqual([403, 'FORBIDDEN'])
    }
  })
})

it('remembers the uses of a key over a restart', async () => {
  const data = path.join(await temporaryFolder(), 'data')
  const open = () =>
    compose({
      ...{ data, workersFolder: path.resolve('out/main'), version: '1.2.3', logToStderr: false },
      env: { ...process.env, FIELDREEL_API_KEY: OWNER },
    })
  const listUses = async (): Promise<number | undefined> => {
    const engine = await open()
    const { url, close } = await engine.serve({ host: '127.0.0.1', port: 0, tls: false })
    try {
      const listed = await json<{ api_keys: Key[] }>(fetch(`${url}/api/v2/api-keys`, { headers: as(OWNER) }))
      return listed.api_keys[0]?.usage_count
    } finally {
      await close()
      await engine.close()
    }
  }
  expect([await listUses(), await listUses()]).toEqual([1, 2])
})
