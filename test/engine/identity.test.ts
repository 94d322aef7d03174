import { describe, expect, it } from 'vitest'
import { Identity } from '../../main/engine/identity/index.ts'
import { newDatabase } from '../support/database.ts'

const identity = async () => {
  const database = await newDatabase()
  return { database, people: new Identity(database) }
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

  it('expire, and can be withdrawn at once', async () => {
    const { people } = await identity()
    const { apiKey, key } = people.createKey({ name: 'day', scopes: ['read'], expiresAt: '2026-01-02T00:00:00Z' })
    expect(people.authenticate(apiKey, Date.parse('2026-01-01T23:59:59Z'))).not.toBe('expired')
    expect(people.authenticate(apiKey, Date.parse('2026-01-02T00:00:00Z'))).toBe('expired')
    people.deleteKey(key.keyId)
    expect(people.authenticate(apiKey)).toBe('unknown')
    expect(() => people.deleteKey(key.keyId)).toThrow(expect.objectContaining({ code: 'not_found' }))
  })

  it('of the owner: setting another voids the one before, and none is made where there is one', async () => {
    const { people } = await identity()
    people.setOwnerKey('first_key_of_the_owner_12')
    people.setOwnerKey('second_key_of_the_owner_1')
    expect(people.authenticate('first_key_of_the_owner_12')).toBe('unknown')
    expect(people.authenticate('second_key_of_the_owner_1')).toMatchObject({ userId: people.ownerId() })
    expect(people.makeOwnerKey()).toBeNull()
    expect(people.listKeys()).toHaveLength(1)
  })

  it('of the owner: one is made for whoever has none', async () => {
    const { people } = await identity()
    const key = people.makeOwnerKey()
    expect(key && people.authenticate(key)).toMatchObject({ scopes: new Set(['read', 'write', 'admin']) })
  })
})
