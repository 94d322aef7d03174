import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { toInstant, toInstantOrNull } from '../../base/clock.ts'
import { type ApiKey, EngineError } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'

type KeyScope = 'read' | 'write' | 'admin'
const Scopes = z.array(z.enum(['read', 'write', 'admin']))

/** How stale `last_used_at` may be: a row written at every request would cost a disk sync at every request. */
const LAST_USED_EVERY_MS = 60_000

interface KeyRow {
  id: string
  user_id: string
  user_name: string
  name: string
  prefix: string
  scopes: string
  created_at: number
  expires_at: number | null
  last_used_at: number | null
}

interface NewKey {
  readonly userId: string
  readonly name: string
  readonly scopes: KeyScope[]
  readonly expiresAt: number | null
  readonly isOwnerKey?: boolean
}

export interface Identified {
  readonly userId: string
  readonly scopes: ReadonlySet<KeyScope>
}

const KEYS = `SELECT api_keys.*, users.name AS user_name FROM api_keys JOIN users ON users.id = api_keys.user_id`

/** The people of a library and their keys. "The owner (admin) is the person at the machine." */
export class Identity {
  readonly #database: Database
  readonly #byHash
  readonly #byId
  readonly #all
  readonly #insertKey
  readonly #deleteKey
  readonly #replaceOwnerKey
  readonly #touch
  readonly #owner
  readonly #userByName
  readonly #insertUser

  constructor(database: Database) {
    this.#database = database
    this.#byHash = database.prepare<KeyRow>(`${KEYS} WHERE api_keys.hash = :hash`)
    this.#byId = database.prepare<KeyRow>(`${KEYS} WHERE api_keys.id = :id`)
    this.#all = database.prepare<KeyRow>(`${KEYS} ORDER BY api_keys.created_at`)
    this.#insertKey = database.prepare(
      `INSERT INTO api_keys (id, user_id, name, prefix, hash, is_owner_key, scopes, created_at, expires_at)
       VALUES (:id, :userId, :name, :prefix, :hash, :isOwnerKey, :scopes, :now, :expiresAt)
       ON CONFLICT (hash) DO NOTHING`,
    )
    this.#deleteKey = database.prepare('DELETE FROM api_keys WHERE id = :id')
    this.#replaceOwnerKey = database.prepare('DELETE FROM api_keys WHERE is_owner_key = 1 AND hash <> :hash')
    this.#touch = database.prepare(
      'UPDATE api_keys SET last_used_at = :now WHERE id = :id AND coalesce(last_used_at, 0) < :now - :every',
    )
    this.#owner = database.prepare<{ id: string }>('SELECT id FROM users WHERE is_owner = 1')
    this.#userByName = database.prepare<{ id: string }>('SELECT id FROM users WHERE name = :name')
    this.#insertUser = database.prepare(
      'INSERT INTO users (id, name, is_owner, created_at) VALUES (:id, :name, :isOwner, :now)',
    )
  }

  /** The person at this machine; made at the first start. */
  ownerId(): string {
    return this.#owner.get()?.id ?? this.#addUser('owner', true)
  }

  /** Makes this the owner's key; the one that was set before it is void from now on. */
  setOwnerKey(key: string): void {
    this.#database.transaction(() => {
      this.#replaceOwnerKey.run({ hash: hashOf(key) })
      this.#storeKey(key, { ...this.#ownerKey(), isOwnerKey: true })
    })
  }

  /** Makes a key for the owner when they have none. @returns the key, to be shown once; else null. */
  makeOwnerKey(): string | null {
    const hasKey = this.#all.all().some((row) => row.user_id === this.ownerId())
    if (hasKey) return null
    const key = newKey()
    this.#storeKey(key, { ...this.#ownerKey(), isOwnerKey: true })
    return key
  }

  /** Whose key this is. Compared by hash, so how long a comparison takes tells nothing about the key. */
  authenticate(key: string, now = Date.now()): Identified | 'unknown' | 'expired' {
    const row = this.#byHash.get({ hash: hashOf(key) })
    if (!row) return 'unknown'
    if (row.expires_at !== null && row.expires_at <= now) return 'expired'
    this.#touch.run({ id: row.id, now, every: LAST_USED_EVERY_MS })
    return { userId: row.user_id, scopes: new Set(Scopes.parse(JSON.parse(row.scopes))) }
  }

  /** @returns the key itself, which is stored nowhere, and what is. */
  createKey(spec: { name: string; userName?: string | undefined; scopes: KeyScope[]; expiresAt: string | null }): {
    apiKey: string
    key: ApiKey
  } {
    const apiKey = newKey()
    const expiresAt = spec.expiresAt === null ? null : Date.parse(spec.expiresAt)
    const id = this.#database.transaction(() => {
      const userId = spec.userName === undefined ? this.ownerId() : this.#userNamed(spec.userName)
      return this.#storeKey(apiKey, { userId, name: spec.name, scopes: spec.scopes, expiresAt })
    })
    const row = this.#byId.get({ id })
    if (!row) throw new EngineError('internal', 'The new key was not stored.')
    return { apiKey, key: toApiKey(row) }
  }

  listKeys(): ApiKey[] {
    return this.#all.all().map(toApiKey)
  }

  /** @throws EngineError `not_found`. */
  deleteKey(id: string): void {
    if (this.#deleteKey.run({ id }).changes === 0) throw new EngineError('not_found', 'There is no such key.')
  }

  #ownerKey(): NewKey {
    return { userId: this.ownerId(), name: 'Owner', scopes: ['read', 'write', 'admin'], expiresAt: null }
  }

  #storeKey(key: string, spec: NewKey): string {
    const id = randomUUID()
    this.#insertKey.run({
      id,
      userId: spec.userId,
      name: spec.name,
      prefix: key.slice(0, 14),
      hash: hashOf(key),
      scopes: JSON.stringify(spec.scopes),
      now: Date.now(),
      expiresAt: spec.expiresAt,
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

/** Published clients check keys against `^[a-z]+_[A-Za-z0-9_-]{20,}$`. */
function newKey(): string {
  return `fieldreel_${randomBytes(32).toString('base64url')}`
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

function toApiKey(row: KeyRow): ApiKey {
  return {
    keyId: row.id,
    name: row.name,
    prefix: row.prefix,
    userId: row.user_id,
    userName: row.user_name,
    scopes: Scopes.parse(JSON.parse(row.scopes)),
    createdAt: toInstant(row.created_at),
    expiresAt: toInstantOrNull(row.expires_at),
    lastUsedAt: toInstantOrNull(row.last_used_at),
  }
}
