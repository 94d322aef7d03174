import path from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  contract,
  createAlbum,
  createApiKey,
  deleteAlbum,
  deleteApiKey,
  listAudit,
  revokeLink,
  setSceneSettings,
  updateAlbum,
  updateApiKey,
} from '../../../main/contract/index.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const OWNER = 'owner_key_that_is_long_enough_2026'

async function library(env: Record<string, string> = {}) {
  const data = path.join(await temporaryFolder(), 'data')
  const engine = await openEngine(data, { ...process.env, ...env })
  const events = async () => (await ask(engine, listAudit, { limit: 500 })).events
  return { data, engine, events }
}

describe('audited actions', () => {
  it('covers every operation that changes keys, access, deletion or settings', () => {
    const audited = contract.filter((operation) => operation.kind === 'answer' && operation.audit)
    expect(audited.map(({ name }) => name).sort()).toEqual([
      ...['albums.create', 'albums.delete', 'albums.restore', 'albums.update', 'analytics.forgetViewers'],
      ...['annotations.delete', 'annotations.restore', 'catalogue.delete'],
      ...['keys.create', 'keys.delete', 'keys.update', 'links.revoke'],
      ...['maintenance.backup', 'maintenance.deleteQuarantined', 'maintenance.keepUnlisted', 'maintenance.rebuild'],
      ...['maintenance.restoreQuarantined', 'maintenance.setVerifySchedule', 'sceneSettings.set', 'secrets.rotate'],
      ...['server.set', 'tasks.noteExport', 'tasks.openAnnotated', 'tasks.remove', 'tasks.results'],
      ...['videos.delete', 'videos.deleteMany', 'videos.restore', 'videos.restoreMany'],
      ...['watched.add', 'watched.remove'],
    ])
  })

  it('records a key from creation to deletion, by name and never whole', async () => {
    const { engine, events } = await library()
    const { apiKey, key } = await ask(engine, createApiKey, { name: 'Reviewer tablet', scopes: ['read'] })
    await ask(engine, updateApiKey, { keyId: key.keyId, isActive: false, metadata: { note: 'private' } })
    await ask(engine, deleteApiKey, { keyId: key.keyId })
    const told = await events()
    expect(told).toMatchObject([
      {
        action: 'keys.delete',
        user: 'owner',
        door: 'command',
        target: key.keyId,
        details: { name: 'Reviewer tablet' },
      },
      { action: 'keys.update', details: { name: 'Reviewer tablet', change: { isActive: false, metadata: true } } },
      { action: 'keys.create', target: key.keyId, details: { prefix: key.prefix, scopes: ['read'] } },
    ])
    expect(JSON.stringify(told)).not.toContain(apiKey)
  })

  it('records an album that others may see, not a private one', async () => {
    const { engine, events } = await library()
    const { albumId } = await ask(engine, createAlbum, { title: 'East gate' })
    await ask(engine, updateAlbum, { albumId, title: 'East gate 2' })
    await ask(engine, updateAlbum, { albumId, visibility: 'unlisted' })
    await ask(engine, createAlbum, { title: 'Open day', visibility: 'public' })
    await ask(engine, deleteAlbum, { albumId })
    expect(await events()).toMatchObject([
      { action: 'albums.delete', target: albumId, details: { name: 'East gate 2' } },
      { action: 'albums.create', details: { name: 'Open day', visibility: 'public' } },
      { action: 'albums.update', target: albumId, details: { name: 'East gate 2', visibility: 'unlisted' } },
    ])
  })

  it('records a changed setting and its new value', async () => {
    const { engine, events } = await library()
    await ask(engine, setSceneSettings, { sensitivity: 0.7 })
    expect(await events()).toMatchObject([{ action: 'sceneSettings.set', details: { sensitivity: 0.7 } }])
  })

  it('records the owner’s key of the environment once, not at every start', async () => {
    const { data, engine, events } = await library({ FIELDREEL_API_KEY: OWNER })
    expect(await events()).toMatchObject([{ action: 'keys.setOwner', target: OWNER.slice(0, 14) }])
    await engine.close()
    const again = await openEngine(data, { ...process.env, FIELDREEL_API_KEY: OWNER })
    expect((await ask(again, listAudit, {})).events).toHaveLength(1)
    await again.close()
    const other = await openEngine(data, { ...process.env, FIELDREEL_API_KEY: `${OWNER}_other` })
    expect((await ask(other, listAudit, {})).events).toHaveLength(2)
  })

  it('records the first key made for the owner', async () => {
    const { engine, events } = await library()
    const key = engine.makeOwnerKey() ?? ''
    expect(await events()).toMatchObject([{ action: 'keys.makeOwner', target: key.slice(0, 14) }])
    expect(JSON.stringify(await events())).not.toContain(key)
  })
})

describe('a link that was revoked', () => {
  const target = (url: string) => revokeLink.audit?.target({ url }, { done: true })

  it.each([
    ['http://127.0.0.1:8787/api/v2/videos/550e8400-e29b-41d4-a716-446655440000/file?expires=1&signature=abc'],
    ['/api/v2/videos/550e8400-e29b-41d4-a716-446655440000/file?expires=1&signature=abc#x'],
  ])('is kept by its path alone: %s', (url) => {
    expect(target(url)).toBe('/api/v2/videos/550e8400-e29b-41d4-a716-446655440000/file')
  })

  it('is recorded without the token of its path', () => {
    expect(target(`/api/v2/video-uploads/parts/${'t'.repeat(41)}.x/y`)).toBe('/api/v2/video-uploads/parts/…/y')
  })

  it('is not recorded when the text was no link: it may be a key', () => {
    expect(revokeLink.audit?.target({ url: 'aion_secret' }, null)).toBeNull()
  })
})
