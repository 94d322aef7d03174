import { describe, expect, it } from 'vitest'
import { Identity } from '../../../main/engine/identity/index.ts'
import { newDatabase } from '../../support/database.ts'

const identity = async () => {
  const database = await newDatabase()
  return { database, people: new Identity(database) }
}

const usesOf = (people: Identity, keyId: string) => {
  const { usageCount, lastUsedAt } = people.getKey(keyId)
  return { usageCount, lastUsedAt }
}

describe('keys', () => {
  it('belong to people, who are made when they are new', async () => {
    const { people } = await identity()
    const first = people.createKey({ name: 'phone', userName: 'Priya', scopes: ['read'], expiresAt: null })
    const second = people.createKey({ name: 'laptop', userName: 'Priya', scopes: ['read', 'write'], expiresAt: null })
    expect(first.key.userId).toBe(second.key.userId)
    expect(first.key.userId).not.toBe(people.ownerId())
    expect(people.authenticate(second.apiKey)).toEqual({ userId: first.key.userId, scopes: new Set(['read', 'write']) })
    expect(first.apiKey).toMatch(/^[a-z]+_[A-Za-z0-9_-]{20,}$/)
  })

  it('are stored hashed: nothing in the file tells them', async () => {
    const { database, people } = await identity()
    const { apiKey } = people.createKey({ name: 'script', scopes: ['read'], expiresAt: null })
    const rows = database.prepare<Record<string, unknown>>('SELECT * FROM api_keys').all()
    expect(JSON.stringify(rows)).not.toContain(apiKey)
  })

  it('with a common prefix are distinguished', async () => {
    const { people } = await identity()
    people.setOwnerKey('fieldreel_common_beginning_A')
    expect(people.authenticate('fieldreel_common_beginning_A')).toMatchObject({ userId: people.ownerId() })
    expect(people.authenticate('fieldreel_common_beginning_B')).toBe('unknown')
    expect(people.authenticate('')).toBe('unknown')
  })

  it('show no more than half of one that somebody chose short', async () => {
    const { people } = await identity()
    people.setOwnerKey('my_short_key')
    expect(people.listKeys().keys).toMatchObject([{ prefix: 'my_sho' }])
    expect(people.authenticate('my_short_key')).toMatchObject({ userId: people.ownerId() })
  })

  it('expire, and can be withdrawn at once', async () => {
    const { people } = await identity()
    const { apiKey, key } = people.createKey({ name: 'day', scopes: ['read'], expiresAt: '2026-01-02T00:00:00Z' })
    expect(people.authenticate(apiKey, Date.parse('2026-01-01T23:59:59Z'))).not.toBe('expired')
    expect(people.authenticate(apiKey, Date.parse('2026-01-02T00:00:00Z'))).toBe('expired')
    people.deleteKey(key.keyId)
    expect(people.authenticate(apiKey)).toBe('unknown')
    expect(() => people.deleteKey(people.ownerId())).toThrow(expect.objectContaining({ code: 'not_found' }))
  })

  it('that were deleted are still there, inactive for good', async () => {
    const { people } = await identity()
    const metadata = { room: '2.14' }
    const { apiKey, key } = people.createKey({ name: 'a', scopes: ['read'], expiresAt: null, metadata })
    people.deleteKey(key.keyId)
    const deleted = people.getKey(key.keyId)
    expect(deleted).toMatchObject({ isActive: false, revokedAt: deleted.updatedAt })
    expect(deleted.metadata).toEqual({ ...metadata, deactivated_at: deleted.revokedAt })
    people.deleteKey(key.keyId)
    expect(people.getKey(key.keyId).revokedAt).toBe(deleted.revokedAt)
    const refused: unknown = expect.objectContaining({ code: 'conflict' })
    expect(() => people.updateKey({ keyId: key.keyId, isActive: true })).toThrow(refused)
    expect(people.updateKey({ keyId: key.keyId, name: 'b', metadata: {} })).toMatchObject({
      ...{ name: 'b', isActive: false, revokedAt: deleted.revokedAt },
    })
    expect(people.authenticate(apiKey)).toBe('unknown')
    expect(people.listKeys()).toEqual({ keys: [], total: 0 })
    expect(people.listKeys({ includeInactive: true })).toMatchObject({ keys: [{ name: 'b' }], total: 1 })
  })

  it('are listed by pages', async () => {
    const { people } = await identity()
    for (const name of ['a', 'b', 'c']) people.createKey({ name, scopes: ['read'], expiresAt: null })
    const page = (which: object) => people.listKeys(which).keys.map(({ name }) => name)
    expect([page({ limit: 2 }), page({ limit: 2, offset: 2 }), page({ offset: 1 }), page({ offset: 3 })]).toEqual([
      ...[['a', 'b'], ['c'], ['b', 'c'], []],
    ])
    expect(people.listKeys({ limit: 1 }).total).toBe(3)
  })

  it('are described, and what is said of them can be changed', async () => {
    const { people } = await identity()
    const metadata = { room: '2.14' }
    const { key } = people.createKey({ name: 'a', description: 'b', scopes: ['read'], expiresAt: null, metadata })
    expect(key).toMatchObject({ description: 'b', metadata, isActive: true, updatedAt: null, usageCount: 0 })
    const changed = people.updateKey({ keyId: key.keyId, name: 'c' })
    expect(changed).toMatchObject({ name: 'c', description: 'b', metadata, updatedAt: expect.any(String) as string })
    const cleared = people.updateKey({ keyId: key.keyId, description: null, metadata: {} })
    expect(cleared).toMatchObject({ name: 'c', description: null, metadata: {} })
    expect(people.getKey(key.keyId)).toEqual(cleared)
    const unknown = { keyId: people.ownerId(), name: 'x' }
    expect(() => people.updateKey(unknown)).toThrow(expect.objectContaining({ code: 'not_found' }))
  })

  it.each(['_note', 'fieldreel_note', 'Fieldreel', 'created_by_user_id', 'deactivation_reason', 'deactivated_at'])(
    'keep the metadata name %s to themselves',
    async (name) => {
      const { people } = await identity()
      const refused: unknown = expect.objectContaining({ code: 'reserved_name', details: { reserved: [name] } })
      const spec = { name: 'a', scopes: ['read' as const], expiresAt: null }
      expect(() => people.createKey({ ...spec, metadata: { [name]: 1 } })).toThrow(refused)
      const { key } = people.createKey(spec)
      expect(() => people.updateKey({ keyId: key.keyId, metadata: { [name]: 1 } })).toThrow(refused)
      expect(people.getKey(key.keyId).metadata).toEqual({})
    },
  )

  it('that are switched off are refused like unknown ones until switched on again', async () => {
    const { people } = await identity()
    const { apiKey, key } = people.createKey({ name: 'a', scopes: ['read'], expiresAt: null })
    people.updateKey({ keyId: key.keyId, isActive: false })
    expect(people.authenticate(apiKey)).toBe('unknown')
    expect([people.listKeys().keys, people.listKeys({ includeInactive: true }).keys]).toMatchObject([
      [],
      [{ isActive: false }],
    ])
    people.updateKey({ keyId: key.keyId, isActive: true })
    expect(people.authenticate(apiKey)).toMatchObject({ scopes: new Set(['read']) })
  })
})

describe('uses of a key', () => {
  it('are counted when it lets somebody in, and seen at once', async () => {
    const { people } = await identity()
    const { apiKey, key } = people.createKey({ name: 'a', scopes: ['read'], expiresAt: '2026-01-03T00:00:00Z' })
    people.authenticate(apiKey, Date.parse('2026-01-01T00:00:00Z'))
    people.authenticate(apiKey, Date.parse('2026-01-02T00:00:00Z'))
    people.authenticate(apiKey, Date.parse('2026-01-04T00:00:00Z'))
    expect(usesOf(people, key.keyId)).toEqual({ usageCount: 2, lastUsedAt: '2026-01-02T00:00:00.000Z' })
  })

  it('are written down together, once', async () => {
    const { database, people } = await identity()
    const { apiKey, key } = people.createKey({ name: 'a', scopes: ['read'], expiresAt: null })
    for (let i = 0; i < 100; i += 1) people.authenticate(apiKey)
    const written = () => new Identity(database).getKey(key.keyId).usageCount
    expect(written()).toBe(0)
    people.saveUsage()
    expect(written()).toBe(100)
    people.saveUsage()
    expect([written(), usesOf(people, key.keyId).usageCount]).toEqual([100, 100])
    people.authenticate(apiKey)
    expect(usesOf(people, key.keyId).usageCount).toBe(101)
  })
})

describe('the key of the owner', () => {
  it('is void when another is set, and none is made where there is one', async () => {
    const { people } = await identity()
    people.setOwnerKey('first_key_of_the_owner_12')
    people.setOwnerKey('second_key_of_the_owner_1')
    expect(people.authenticate('first_key_of_the_owner_12')).toBe('unknown')
    expect(people.authenticate('second_key_of_the_owner_1')).toMatchObject({ userId: people.ownerId() })
    expect(people.makeOwnerKey()).toBeNull()
    expect(people.listKeys().keys).toHaveLength(1)
  })

  it('is made when the owner has none', async () => {
    const { people } = await identity()
    const key = people.makeOwnerKey()
    expect(key && people.authenticate(key)).toMatchObject({ scopes: new Set(['read', 'write', 'admin']) })
  })

  it('is made when no existing key may make others', async () => {
    const { people } = await identity()
    people.createKey({ name: 'reads only', scopes: ['read'], expiresAt: null })
    people.createKey({ name: 'over', scopes: ['admin'], expiresAt: '2020-01-01T00:00:00Z' })
    const { key } = people.createKey({ name: 'off', scopes: ['admin'], expiresAt: null })
    expect(people.makeOwnerKey()).toBeNull()
    people.updateKey({ keyId: key.keyId, isActive: false })
    expect(people.makeOwnerKey()).toMatch(/^fieldreel_/)
  })

  it('works again when it is set again after it was deleted', async () => {
    const { people } = await identity()
    people.setOwnerKey('key_of_the_owner_12345678')
    const [key] = people.listKeys().keys
    people.deleteKey(key?.keyId ?? '')
    people.setOwnerKey('key_of_the_owner_12345678')
    expect(people.authenticate('key_of_the_owner_12345678')).toMatchObject({ userId: people.ownerId() })
    expect(people.listKeys().keys).toMatchObject([{ isActive: true, revokedAt: null, metadata: {} }])
  })

  it('works again when it is set again after it was switched off', async () => {
    const { people } = await identity()
    people.setOwnerKey('key_of_the_owner_12345678')
    const [key] = people.listKeys().keys
    people.updateKey({ keyId: key?.keyId ?? '', isActive: false })
    people.setOwnerKey('key_of_the_owner_12345678')
    expect(people.authenticate('key_of_the_owner_12345678')).toMatchObject({ userId: people.ownerId() })
  })
})
