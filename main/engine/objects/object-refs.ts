import type { Database } from '../../platform/database/index.ts'
import type { SidecarVideo } from './sidecar.ts'

export interface ObjectRef {
  readonly sha256: string
  /** Of which capability the owner is: 'media', 'task'. */
  readonly ownerKind: string
  readonly ownerId: string
  /** What the object's sidecar says of the owner; null for one that it does not name. */
  readonly description: SidecarVideo | null
}

interface RefRow {
  description: string
}

/**
 * The table `object_refs`: who keeps which object. Each change of a description makes the object's sidecar stale, in
 * the same transaction, so that no crash forgets to write it. Every call belongs into the transaction of the change.
 */
export class ObjectRefs {
  readonly #database: Database
  readonly #onStale: () => void
  readonly #put
  readonly #remove
  readonly #described
  readonly #known
  readonly #remember
  readonly #forget
  readonly #forgotten
  readonly #unstale
  readonly #stale

  /** @param onStale called after the commit of a change that makes a sidecar stale. */
  constructor(database: Database, onStale: () => void = () => undefined) {
    this.#database = database
    this.#onStale = onStale
    this.#put = database.prepare(
      `INSERT INTO object_refs (sha256, owner_kind, owner_id, description)
       VALUES (:sha256, :ownerKind, :ownerId, :description)
       ON CONFLICT (sha256, owner_kind, owner_id) DO UPDATE SET description = excluded.description`,
    )
    this.#remove = database.prepare<{ sha256: string; isDescribed: number }>(
      `DELETE FROM object_refs WHERE owner_kind = :ownerKind AND owner_id = :ownerId
       RETURNING sha256, description IS NOT NULL AS isDescribed`,
    )
    this.#described = database.prepare<RefRow>(
      'SELECT description FROM object_refs WHERE sha256 = :sha256 AND description IS NOT NULL ORDER BY rowid',
    )
    this.#known = database.prepare('SELECT 1 FROM object_refs WHERE owner_id = :id AND description IS NOT NULL')
    this.#remember = database.prepare('DELETE FROM forgotten_owners WHERE sha256 = :sha256 AND owner_id = :ownerId')
    this.#forget = database.prepare(
      'INSERT OR IGNORE INTO forgotten_owners (sha256, owner_id) VALUES (:sha256, :ownerId)',
    )
    this.#forgotten = database.prepare('SELECT 1 FROM forgotten_owners WHERE sha256 = :sha256 AND owner_id = :id')
    this.#unstale = database.prepare('DELETE FROM stale_sidecars WHERE sha256 = :sha256')
    this.#stale = database.prepare('INSERT INTO stale_sidecars (sha256) VALUES (:sha256)')
  }

  /** Adds a reference, or changes its description. */
  put({ sha256, ownerKind, ownerId, description }: ObjectRef): void {
    this.#put.run({
      ...{ sha256, ownerKind, ownerId },
      description: description && JSON.stringify(description),
    })
    if (!description) return
    this.#remember.run({ sha256, ownerId })
    this.markStale(sha256)
  }

  /** Removes the references of an owner that is gone. */
  remove(ownerKind: string, ownerId: string): void {
    for (const { sha256, isDescribed } of this.#remove.all({ ownerKind, ownerId })) {
      if (isDescribed === 0) continue
      this.#forget.run({ sha256, ownerId })
      this.markStale(sha256)
    }
  }

  /** Has the sidecar of an object written again. */
  markStale(sha256: string): void {
    // Each change gives its object a new number: it tells whether another change came since.
    this.#unstale.run({ sha256 })
    this.#stale.run({ sha256 })
    this.#database.afterCommit(this.#onStale)
  }

  /** What the sidecar of an object is to say, in order of age. */
  descriptionsOf(sha256: string): SidecarVideo[] {
    const videos = this.#described.all({ sha256 }).map(({ description }) => JSON.parse(description) as SidecarVideo)
    return videos.toSorted((one, other) => (one.createdAt ?? 0) - (other.createdAt ?? 0))
  }

  /** Whether an owner that a sidecar names has, or had, a row here. */
  isKnown(sha256: string, id: string): boolean {
    return this.#known.get({ id }) !== undefined || this.#forgotten.get({ sha256, id }) !== undefined
  }
}
