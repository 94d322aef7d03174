import { EngineError, type Visibility } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'

export interface AlbumRow {
  id: string
  owner_id: string
  title: string
  description: string | null
  visibility: Visibility
  cover_url: string | null
  created_at: number
  updated_at: number
  deleted_at: number | null
}

/** The `albums` table. A deleted album keeps its row until its time to be restored is over. */
export class AlbumRows {
  readonly insert
  readonly update
  readonly touch
  readonly setDeleted
  readonly purgeItems
  readonly purge
  readonly #get
  readonly #page
  readonly #count

  constructor(database: Database) {
    this.insert = database.prepare(
      `INSERT INTO albums (id, owner_id, title, description, visibility, cover_url, created_at, updated_at)
       VALUES (:id, :ownerId, :title, :description, :visibility, :coverUrl, :now, :now)`,
    )
    this.update = database.prepare(
      `UPDATE albums SET title = :title, description = :description, visibility = :visibility, cover_url = :coverUrl,
              updated_at = :now WHERE id = :id`,
    )
    this.touch = database.prepare('UPDATE albums SET updated_at = :now WHERE id = :id')
    this.setDeleted = database.prepare('UPDATE albums SET deleted_at = :deletedAt WHERE id = :id')
    this.purgeItems = database.prepare(
      `DELETE FROM album_items WHERE id IN
         (SELECT album_items.id FROM albums JOIN album_items ON album_id = albums.id
           WHERE deleted_at < :before LIMIT :limit)`,
    )
    this.purge = database.prepare('DELETE FROM albums WHERE deleted_at < :before')
    this.#get = database.prepare<AlbumRow>('SELECT * FROM albums WHERE id = :id')
    this.#page = database.prepare<AlbumRow>(
      `SELECT * FROM albums WHERE owner_id = :ownerId AND deleted_at IS NULL
        ORDER BY created_at DESC, rowid DESC LIMIT :limit OFFSET :offset`,
    )
    this.#count = database.prepare<{ total: number }>(
      'SELECT count(*) AS total FROM albums WHERE owner_id = :ownerId AND deleted_at IS NULL',
    )
  }

  /**
   * One that is there, or was deleted not before `deletedSince`.
   * @throws EngineError `not_found`.
   */
  get(id: string, { deletedSince = Number.POSITIVE_INFINITY } = {}): AlbumRow {
    const row = this.#get.get({ id })
    if (!row || (row.deleted_at ?? Number.POSITIVE_INFINITY) < deletedSince) {
      throw new EngineError('not_found', 'There is no such album.')
    }
    return row
  }

  /** Newest first. */
  page(ownerId: string, offset: number, limit: number): { rows: AlbumRow[]; total: number } {
    return { rows: this.#page.all({ ownerId, offset, limit }), total: this.#count.get({ ownerId })?.total ?? 0 }
  }
}
