import { randomUUID, timingSafeEqual } from 'node:crypto'
import type { z } from 'zod'
import { toInstant } from '../../base/clock.ts'
import {
  type ApiKey,
  EngineError,
  type KeyScope,
  type createApiKey,
  type listApiKeys,
  type updateApiKey,
} from '../../contract/index.ts'
import { type Database, readRows } from '../../platform/database/index.ts'
import { isUsable, type KeyRow, KeyRows, scopesOf, toApiKey } from './key-rows.ts'
import { isWeakStart } from './key-strength.ts'
import { hashOf, newKey, prefixOf } from './key-text.ts'
import { assertNotReserved } from './reserved-metadata.ts'
import { KeyUsage } from './usage.ts'

type KeySpec = z.output<(typeof createApiKey)['input']>
type KeyList = z.input<(typeof listApiKeys)['input']>
type KeyChange = z.output<(typeof updateApiKey)['input']>

interface NewKey {
  readonly userId: string
  readonly name: string
  readonly scopes: readonly KeyScope[]
  readonly description?: string | null | undefined
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly expiresAt?: number | null
  readonly isOwnerKey?: boolean
}

export interface Identified {
  readonly userId: string
  readonly scopes: ReadonlySet<KeyScope>
}

/** The users of a library and their keys. The owner is the person at the machine (ID-26). */
export class Identity {
  readonly #database: Database
  readonly #keys: KeyRows
  readonly #usage: KeyUsage
  readonly #owner
  readonly #userByName
  readonly #usersById
  readonly #insertUser
  /** The key of a library that cannot be written to. */
  #lentKey: Buffer | null = null

  constructor(database: Database) {
    this.#database = database
    this.#keys = new KeyRows(database)
    this.#usage = new KeyUsage(database, this.#keys)
    this.#owner = database.prepare<{ id: string }>('SELECT id FROM users WHERE is_owner = 1')
    this.#userByName = database.prepare<{ id: string }>('SELECT id FROM users WHERE name = :name')
    this.#usersById = database.prepare<{ id: string; name: string }>(
      'SELECT id, name FROM users WHERE id IN (SELECT value FROM json_each(:ids))',
    )
    this.#insertUser = database.prepare(
      'INSERT INTO users (id, name, is_owner, created_at) VALUES (:id, :name, :isOwner, :now)',
    )
  }

  /** The person at this machine; made at the first start. */
  ownerId(): string {
    return this.#owner.get()?.id ?? this.#addUser('owner', true)
  }

  /** Whether there is no owner yet, as in a database that was made just now. */
  isNew(): boolean {
    return this.#owner.get() === undefined
  }

  /** The user of that name; made when there is none. */
  idOf(name: string): string {
    return this.#database.transaction(() => this.#userNamed(name))
  }

  /** What users are called, by their ids; one that is gone is left out. */
  namesOf(userIds: Iterable<string>): Map<string, string> {
    const rows = this.#usersById.all({ ids: JSON.stringify([...new Set(userIds)]) })
    return new Map(rows.map(({ id, name }) => [id, name]))
  }

  /** Whether this is a valid key; asking is not counted as use. */
  isKnown(key: string, now = Date.now()): boolean {
    const row = this.#withKey(key)
    return row !== undefined && isUsable(row, now)
  }

  /** Makes this the owner's key in place of the one set before. */
  setOwnerKey(key: string): void {
    this.#database.transaction(() => {
      this.#keys.voidOwnerKeys.run({ hash: hashOf(key).toString('hex') })
      this.#storeKey(key, { ...this.#ownerKey(), isOwnerKey: true })
    })
  }

  /** The same for a library that cannot be written to: the key works until the process ends. */
  lendOwnerKey(key: string): void {
    this.#lentKey = hashOf(key)
  }

  /**
   * Whether a valid key that a person chose for the owner can be guessed. Only the start of a key is stored.
   */
  hasWeakOwnerKey(now = Date.now()): boolean {
    return this.#keys.all().some((row) => row.is_owner_key === 1 && isUsable(row, now) && isWeakStart(row.prefix))
  }

  /**
   * Makes a key for the owner when they have no valid admin key. The last one may be deleted, as it may have been stolen:
   * the next start makes a new one.
   * @returns the key, to be shown once; else null.
   */
  makeOwnerKey(now = Date.now()): string | null {
    const ownerId = this.ownerId()
    const canManage = (row: KeyRow): boolean =>
      row.user_id === ownerId && isUsable(row, now) && scopesOf(row).includes('admin')
    if (readRows(this.#keys.all(), canManage).some(Boolean)) return null
    const key = newKey()
    this.#storeKey(key, { ...this.#ownerKey(), isOwnerKey: true })
    return key
  }

  /**
   * Whose key this is, and counts the use. Keys are found by their public prefix and compared by their hash in constant
   * time. A key that is switched off is unknown.
   */
  authenticate(key: string, now = Date.now()): Identified | 'unknown' | 'expired' {
    if (this.#lentKey && timingSafeEqual(this.#lentKey, hashOf(key))) {
      return { userId: this.ownerId(), scopes: new Set(['read', 'write', 'admin']) }
    }
    const row = this.#withKey(key)
    if (!row || row.is_active === 0) return 'unknown'
    if (!isUsable(row, now)) return 'expired'
    this.#usage.count(row.id, now)
    return { userId: row.user_id, scopes: new Set(scopesOf(row)) }
  }

  /**
   * @returns the key itself, which is stored nowhere, and what is.
   * @throws EngineError `reserved_name`.
   */
  createKey(spec: Omit<KeySpec, 'metadata'> & Partial<Pick<KeySpec, 'metadata'>>): { apiKey: string; key: ApiKey } {
    assertNotReserved(spec.metadata ?? {})
    const apiKey = newKey()
    const { name, description, scopes, metadata = {} } = spec
    const expiresAt = spec.expiresAt === null ? null : Date.parse(spec.expiresAt)
    const id = this.#database.transaction(() => {
      const userId = spec.userName === undefined ? this.ownerId() : this.#userNamed(spec.userName)
      return this.#storeKey(apiKey, { userId, name, description, scopes, metadata, expiresAt })
    })
    return { apiKey, key: this.getKey(id) }
  }

  /** Those of a page, and how many there are. */
  listKeys({ includeInactive = false, offset = 0, limit }: KeyList = {}): { keys: ApiKey[]; total: number } {
    const rows = this.#keys.all().filter((row) => includeInactive || row.is_active === 1)
    const page = rows.slice(offset, limit === undefined ? undefined : offset + limit)
    return { keys: readRows(page, (row) => toApiKey(this.#usage.added(row))), total: rows.length }
  }

  /** @throws EngineError `not_found`. */
  getKey(id: string): ApiKey {
    return toApiKey(this.#usage.added(this.#row(id)))
  }

  /** Changes what is given and leaves the rest. @throws EngineError `not_found`, `reserved_name`, `conflict`. */
  updateKey({ keyId, name, description, metadata, isActive }: KeyChange): ApiKey {
    if (metadata) assertNotReserved(metadata)
    this.#database.transaction(() => {
      const row = this.#row(keyId)
      const { revokedAt } = toApiKey(row)
      if (revokedAt !== null && isActive) throw new EngineError('conflict', 'This key was deleted. Make another one.')
      this.#keys.update.run({
        id: keyId,
        name: name ?? row.name,
        description: description === undefined ? row.description : description,
        metadata:
          metadata === undefined
            ? row.metadata
            : JSON.stringify({ ...metadata, ...(revokedAt && { deactivated_at: revokedAt }) }),
        isActive: isActive === undefined ? row.is_active : Number(isActive),
        now: Date.now(),
      })
    })
    return this.getKey(keyId)
  }

  /** ID-25. Twice is no error. @throws EngineError `not_found`. */
  deleteKey(id: string): void {
    const now = Date.now()
    if (this.#keys.revoke.run({ id, at: toInstant(now), now }).changes === 0) throw noSuchKey()
  }

  /** Stores how often keys were used. Called once a minute, and when the engine closes. */
  saveUsage(): void {
    this.#usage.save()
  }

  #withKey(key: string): KeyRow | undefined {
    const hash = hashOf(key)
    return this.#keys
      .withPrefix(prefixOf(key))
      .find((candidate) => timingSafeEqual(Buffer.from(candidate.hash, 'hex'), hash))
  }

  #row(id: string): KeyRow {
    const row = this.#keys.get(id)
    if (!row) throw noSuchKey()
    return row
  }

  #ownerKey(): NewKey {
    return { userId: this.ownerId(), name: 'Owner', scopes: ['read', 'write', 'admin'] }
  }

  #storeKey(key: string, spec: NewKey): string {
    const id = randomUUID()
    this.#keys.insert.run({
      id,
      userId: spec.userId,
      name: spec.name,
      description: spec.description ?? null,
      prefix: prefixOf(key),
      hash: hashOf(key).toString('hex'),
      scopes: JSON.stringify(spec.scopes),
      metadata: JSON.stringify(spec.metadata ?? {}),
      now: Date.now(),
      expiresAt: spec.expiresAt ?? null,
      isOwnerKey: spec.isOwnerKey ? 1 : 0,
    })
    return id
  }

  #userNamed(name: string): string {
    return this.#userByName.get({ name })?.id ?? this.#addUser(name, false)
  }

  #addUser(name: string, isOwner: boolean): string {
    const id = randomUUID()
    this.#insertUser.run({ id, name, isOwner: isOwner ? 1 : 0, now: Date.now() })
    return id
  }
}

function noSuchKey(): EngineError {
  return new EngineError('not_found', 'There is no such key.')
}
