import { randomUUID } from 'node:crypto'
import { expect, describe, it } from 'vitest'
import { initiateUpload } from '../../main/contract/index.ts'
import { as, KEYS, post, serve } from './scripted-server.ts'

const VIDEO = '550e8400-e29b-41d4-a716-446655440000'
const FILM = { filename: 'film.mp4', content_type: 'video/mp4', size_bytes: 10 }
const [HERS, HIS] = ['aion_key_of_hers', 'aion_key_of_his']

/** A server that answers each upload with a new id, to users of keys of their own. */
async function counting() {
  let calls = 0
  const { url } = await serve(
    (operations) =>
      operations.implement(initiateUpload, () => ({
        ...{ mediaId: VIDEO, uploadId: `upload-${(calls += 1)}`, totalParts: 1, partSizeBytes: 10, storagePath: 'x' },
        ...{ parts: [], expiresAt: '2030-01-01T00:00:00Z', concurrentUploadLimit: 5, retryAttempts: 3 },
      })),
    {
      authenticate: (key) => {
        const scopes = key === KEYS.reader ? ['read' as const] : ['read' as const, 'write' as const]
        return [HERS, HIS, KEYS.reader].includes(key) ? { userId: randomUUID(), scopes: new Set(scopes) } : 'unknown'
      },
    },
  )
  const send = async (key: string, idempotencyKey: string, body: object = FILM) => {
    const init = post(key, body)
    const headers = { ...(init.headers as Record<string, string>), 'idempotency-key': idempotencyKey }
    const response = await fetch(`${url}/api/v2/video-uploads/initiate`, { ...init, headers })
    const answer = (await response.json()) as { upload_id?: string }
    return {
      status: response.status,
      uploadId: answer.upload_id,
      replayed: response.headers.get('idempotency-replayed'),
    }
  }
  return { url, send, calls: () => calls }
}

describe('an Idempotency-Key', () => {
  it('of one caller never answers another one', async () => {
    const { send, calls } = await counting()
    const hers = await send(HERS, 'same')
    const his = await send(HIS, 'same')
    expect([hers, his]).toEqual([
      { status: 201, uploadId: 'upload-1', replayed: null },
      { status: 201, uploadId: 'upload-2', replayed: null },
    ])
    expect(await send(HERS, 'same')).toEqual({ status: 201, uploadId: 'upload-1', replayed: 'true' })
    expect(await send(HIS, 'same')).toEqual({ status: 201, uploadId: 'upload-2', replayed: 'true' })
    expect(calls()).toBe(2)
  })

  it('of one caller does not stop another one from asking something else', async () => {
    const { send } = await counting()
    await send(HERS, 'same')
    expect(await send(HIS, 'same', { ...FILM, size_bytes: 20 })).toMatchObject({ status: 201, uploadId: 'upload-2' })
    expect((await send(HERS, 'same', { ...FILM, size_bytes: 20 })).status).toBe(422)
  })

  it('does not replay to callers without a key or without the scope', async () => {
    const { send, calls } = await counting()
    await send(HERS, 'same')
    expect(await send('aion_nobody', 'same')).toMatchObject({ status: 401, uploadId: undefined, replayed: null })
    expect(await send(KEYS.reader, 'same')).toMatchObject({ status: 403, uploadId: undefined, replayed: null })
    expect(calls()).toBe(1)
  })

  it('cannot collide with another caller’s by a space in it', async () => {
    const { send, calls } = await counting()
    await send(HERS, 'a b')
    await send(HERS, 'a')
    await send(HIS, 'a b')
    expect(calls()).toBe(3)
  })

  it('of another path is another one', async () => {
    const { url, send } = await counting()
    await send(HERS, 'same')
    const headers = { ...as(HERS), 'content-type': 'application/json', 'idempotency-key': 'same' }
    const body = JSON.stringify(FILM)
    const other = await fetch(`${url}/api/v2/video-uploads/initiate?x=1`, { method: 'POST', headers, body })
    expect(other.status).toBe(422)
  })

  it.each([
    ['no letters', '', 422],
    ['one letter', 'k', 201],
    ['255 letters', 'k'.repeat(255), 201],
    ['256 letters', 'k'.repeat(256), 422],
  ])('has one to 255 letters: %s', async (_what, key, status) => {
    const { send } = await counting()
    expect((await send(HERS, key)).status).toBe(status)
  })
})
