import type { MediaType } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'

export interface ItemRow {
  id: string
  album_id: string
  media_type: MediaType
  /** A video, or the scene that a photo is the picture of. */
  media_id: string
  video_id: string
  caption: string | null
  position: number
  added_at: number
}

/** Closer than this, two neighbours have no number left between them that a REAL can hold exactly. */
const NARROWEST = 1e-6

/** The `album_items` table. Those of deleted videos are kept and not shown. */
export class ItemRows {
  readonly insert
  readonly setCaption
  readonly remove
  readonly #get
  readonly #chunk
  readonly #has
  readonly #rank
  readonly #neighbours
  readonly #ends
  readonly #renumber
  readonly #counted
  readonly #toFront

  constructor(database: Database) {
    this.insert = database.prepare(
      `INSERT INTO album_items (id, album_id, media_type, media_id, video_id, at_seconds, caption, position, added_at)
       VALUES (:id, :albumId, :mediaType, :mediaId, :videoId, :atSeconds, :caption, :position, :now)`,
    )
    this.setCaption = database.prepare(
      'UPDATE album_items SET caption = :caption WHERE id = :id AND album_id = :albumId AND is_there = 1',
    )
    this.remove = database.prepare('DELETE FROM album_items WHERE id = :id AND album_id = :albumId AND is_there = 1')
    this.#get = database.prepare<ItemRow>(
      'SELECT * FROM album_items WHERE id = :id AND album_id = :albumId AND is_there = 1',
    )
    this.#chunk = database.prepare<ItemRow>(
      `SELECT * FROM album_items WHERE album_id = :albumId AND is_there = 1 AND position > :after
        ORDER BY position LIMIT :limit`,
    )
    this.#has = database.prepare<{ found: number }>(
      `SELECT EXISTS (SELECT 1 FROM album_items
                       WHERE album_id = :albumId AND media_type = :mediaType AND media_id = :mediaId) AS found`,
    )
    this.#rank = database.prepare<{ rank: number }>(
      'SELECT count(*) AS rank FROM album_items WHERE album_id = :albumId AND is_there = 1 AND position < :position',
    )
    // What is not shown keeps its place: behind the item that it followed.
    this.#neighbours = database.prepare<{ before: number; after: number | null }>(
      `SELECT shown.position AS before,
              (SELECT min(position) FROM album_items
                WHERE album_id = :albumId AND position > shown.position) AS after
         FROM (SELECT position FROM album_items WHERE album_id = :albumId AND is_there = 1
                ORDER BY position LIMIT 1 OFFSET :offset) AS shown`,
    )
    this.#ends = database.prepare<{ first: number | null; last: number | null }>(
      `SELECT (SELECT min(position) FROM album_items WHERE album_id = :albumId) AS first,
              (SELECT max(position) FROM album_items WHERE album_id = :albumId) AS last`,
    )
    this.#renumber = database.prepare(
      `UPDATE album_items SET position = counted.place
         FROM (SELECT id, row_number() OVER (ORDER BY position) AS place
                 FROM album_items WHERE album_id = :albumId) AS counted
        WHERE counted.id = album_items.id`,
    )
    this.#counted = database.prepare<{ known: number }>(
      // CROSS: the other way round, the list would be read once for each item.
      `SELECT count(*) AS known FROM json_each(:ids) AS asked
         CROSS JOIN album_items ON album_items.id = asked.value WHERE album_id = :albumId`,
    )
    this.#toFront = database.prepare(
      `UPDATE album_items SET position = :start + asked.key
         FROM json_each(:ids) AS asked WHERE album_items.id = asked.value`,
    )
  }

  get(albumId: string, id: string): ItemRow | null {
    return this.#get.get({ albumId, id }) ?? null
  }

  /** The next ones that are shown, in order. @param after position of the last one that was read. */
  chunk(albumId: string, after: number, limit: number): ItemRow[] {
    return this.#chunk.all({ albumId, after, limit })
  }

  has(albumId: string, mediaType: MediaType, mediaId: string): boolean {
    return this.#has.get({ albumId, mediaType, mediaId })?.found === 1
  }

  /** How many of those that are shown come before that position. */
  rank(albumId: string, position: number): number {
    return this.#rank.get({ albumId, position })?.rank ?? 0
  }

  /** A position that makes an item the one of that order, counted from 0; the last one without. */
  positionFor(albumId: string, order: number | undefined): number {
    const { first, last } = this.#endsOf(albumId)
    if (order === undefined) return last + 1
    if (order === 0) return first - 1
    const between = this.#neighbours.get({ albumId, offset: order - 1 })
    if (between?.after == null) return last + 1
    if (between.after - between.before >= NARROWEST) return (between.before + between.after) / 2
    this.#renumber.run({ albumId })
    return this.positionFor(albumId, order)
  }

  /** How many of these are items of that album. */
  known(albumId: string, ids: readonly string[]): number {
    return this.#counted.get({ albumId, ids: JSON.stringify(ids) })?.known ?? 0
  }

  /** Puts these first, in this order. */
  toFront(albumId: string, ids: readonly string[]): void {
    this.#toFront.run({ ids: JSON.stringify(ids), start: this.#endsOf(albumId).first - ids.length })
  }

  #endsOf(albumId: string): { first: number; last: number } {
    const { first, last } = this.#ends.get({ albumId }) ?? { first: null, last: null }
    return { first: first ?? 0, last: last ?? 0 }
  }
}
