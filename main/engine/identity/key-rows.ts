import { z } from 'zod'
import { toInstant, toInstantOrNull } from '../../base/clock.ts'
import { type ApiKey, Instant, KeyScope } from '../../contract/index.ts'
import { type Database, readRow } from '../../platform/database/index.ts'

const Scopes = z.array(KeyScope)
const Metadata = z.record(z.string(), z.json())

export interface KeyRow {
  id: string
  user_id: string
  user_name: string
  name: string
  description: string | null
  prefix: string
  hash: string
  scopes: string
  metadata: string
  is_active: number
  is_owner_key: number
  usage_count: number
  created_at: number
  updated_at: number | null
  expires_at: number | null
  last_used_at: number | null
}

const KEYS = `SELECT api_keys.*, users.name AS user_name FROM api_keys JOIN users ON users.id = api_keys.user_id`

/** The `api_keys` table. */
export class KeyRows {
  readonly insert
  readonly update
  readonly revoke
  readonly addUsage
  readonly voidOwnerKeys
  readonly #withPrefix
  readonly #byId
  readonly #all

  constructor(database: Database) {
    // A key that is given at start again works again, also one that was revoked or switched off.
    this.insert = database.prepare(
      `INSERT INTO api_keys (id, user_id, name, description, prefix, hash, is_owner_key, scopes, metadata, created_at,
                             expires_at)
       VALUES (:id, :userId, :name, :description, :prefix, :hash, :isOwnerKey, :scopes, :metadata, :now, :expiresAt)
       ON CONFLICT (hash) DO UPDATE SET is_active = 1, prefix = excluded.prefix,
         metadata = iif(json_valid(api_keys.metadata), json_remove(api_keys.metadata, '$.deactivated_at'), api_keys.metadata)`,
    )
    this.update = database.prepare(
      `UPDATE api_keys SET name = :name, description = :description, metadata = :metadata, is_active = :isActive,
              updated_at = :now
       WHERE id = :id`,
    )
    this.revoke = database.prepare(
      `UPDATE api_keys SET is_active = 0, updated_at = :now,
              metadata = json_insert(iif(json_valid(metadata), metadata, '{}'), '$.deactivated_at', :at)
       WHERE id = :id`,
    )
    this.addUsage = database.prepare(
      `UPDATE api_keys SET usage_count = usage_count + :count, last_used_at = max(coalesce(last_used_at, 0), :lastUsedAt)
       WHERE id = :id`,
    )
    this.voidOwnerKeys = database.prepare('DELETE FROM api_keys WHERE is_owner_key = 1 AND hash <> :hash')
    this.#withPrefix = database.prepare<KeyRow>(`${KEYS} WHERE api_keys.prefix = :prefix`)
    this.#byId = database.prepare<KeyRow>(`${KEYS} WHERE api_keys.id = :id`)
    this.#all = database.prepare<KeyRow>(`${KEYS} ORDER BY api_keys.created_at, api_keys.rowid`)
  }

  get(id: string): KeyRow | undefined {
    return this.#byId.get({ id })
  }

  withPrefix(prefix: string): KeyRow[] {
    return this.#withPrefix.all({ prefix })
  }

  all(): KeyRow[] {
    return this.#all.all()
  }
}

export function scopesOf(row: KeyRow): KeyScope[] {
  return readRow('key', () => Scopes.parse(JSON.parse(row.scopes)))
}

/** Whether a request that shows it may come in now. */
export function isUsable(row: KeyRow, now: number): boolean {
  return row.is_active === 1 && (row.expires_at === null || row.expires_at > now)
}

export function toApiKey(row: KeyRow): ApiKey {
  return readRow('key', () => apiKeyOf(row))
}

/** When it was deleted: under the name that the published API reserves for that. */
const Revoked = z.object({ deactivated_at: Instant.nullable().default(null) })

function apiKeyOf(row: KeyRow): ApiKey {
  const metadata = Metadata.parse(JSON.parse(row.metadata))
  return {
    keyId: row.id,
    name: row.name,
    description: row.description,
    prefix: row.prefix,
    userId: row.user_id,
    userName: row.user_name,
    scopes: scopesOf(row),
    metadata,
    isActive: row.is_active === 1,
    createdAt: toInstant(row.created_at),
    updatedAt: toInstantOrNull(row.updated_at),
    expiresAt: toInstantOrNull(row.expires_at),
    lastUsedAt: toInstantOrNull(row.last_used_at),
    usageCount: row.usage_count,
    revokedAt: Revoked.parse(metadata).deactivated_at,
  }
}
