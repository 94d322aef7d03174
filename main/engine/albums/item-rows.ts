import type { MediaType } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'

/** An item with what is shown of its video. */
export interface ItemRow {
  id: string
  album_id: string
  media_type: MediaType
  media_id: string
  video_id: string
  caption: string | null
  position: number
  added_at: number
  video_owner_id: string
  title: string
  duration_seconds: number | null
  width: number | null
  height: number | null
  /** How often its video's poster was made; 0 without a file. */
  poster: number
  /** Whether it plays here. */
  has_media: number
  video_url: string | null
  thumbnail_url: string | null
  /** Of the scene that a photo shows; null for a video. */
  scene_start: number | null
  scene_end: number | null
}

/** Joined with the tables below the view `catalogue`: through the view, every video would be read for one album. */
const select = (size: string): string => `
  SELECT item.id, item.album_id, media_type, media_id, item.video_id, caption, position, added_at,
         coalesce(videos.owner_id, linked_videos.owner_id) AS video_owner_id,
         coalesce(videos.title, linked_videos.title) AS title,
         coalesce(videos.duration_seconds, publications.duration_seconds) AS duration_seconds,
         ${size},
         coalesce(poster, 0) AS poster,
         videos.id IS NOT NULL AND (media_type = 'photo' OR playable = 1 OR preview IS NOT NULL) AS has_media,
         video_url, thumbnail_url,
         scenes.start_time AS scene_start, scenes.end_time AS scene_end
    FROM album_items AS item
    LEFT JOIN videos ON videos.id = item.video_id
    LEFT JOIN linked_videos ON videos.id IS NULL AND linked_videos.id = item.video_id
    LEFT JOIN publications ON publications.video_id = item.video_id
    LEFT JOIN scenes ON media_type = 'photo' AND scenes.id = media_id`

const WHOLE = select(
  `json_extract(videos.metadata, '$.width') AS width, json_extract(videos.metadata, '$.height') AS height`,
)
/** Without their size, which takes half of the time: enough to count them. */
const BRIEF = select('NULL AS width, NULL AS height')

/** Closer than this, two neighbours have no number left between them that a REAL tells apart for sure. */
const NARROWEST = 1e-6

/** What an item is of: a video, or an instant of one. */
export interface Medium {
  readonly videoId: string
  readonly atSeconds: number
}

/** The `album_items` table. Those of deleted videos are kept and not shown. */
export class ItemRows {
  readonly insert
  readonly setCaption
  readonly remove
  readonly #get
  readonly #chunks
  readonly #has
  readonly #rank
  readonly #neighbours
  readonly #ends
  readonly #renumber
  readonly #counted
  readonly #toFront
  readonly #medium

  constructor(database: Database) {
    this.insert = database.prepare(
      `INSERT INTO album_items (id, album_id, media_type, media_id, video_id, at_seconds, caption, position, added_at)
       VALUES (:id, :albumId, :mediaType, :mediaId, :videoId, :atSeconds, :caption, :position, :now)`,
    )
    this.setCaption = database.prepare(
      'UPDATE album_items SET caption = :caption WHERE id = :id AND album_id = :albumId AND is_there = 1',
    )
    this.remove = database.prepare('DELETE FROM album_items WHERE id = :id AND album_id = :albumId AND is_there = 1')
    this.#get = database.prepare<ItemRow>(`${WHOLE} WHERE item.id = :id AND item.album_id = :albumId AND is_there = 1`)
    const chunk = (columns: string) =>
      database.prepare<ItemRow>(
        `${columns} WHERE item.album_id = :albumId AND is_there = 1 AND position > :after ORDER BY position LIMIT :limit`,
      )
    this.#chunks = { whole: chunk(WHOLE), brief: chunk(BRIEF) }
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
    this.#medium = {
      video: database.prepare<Medium>(
        'SELECT id AS videoId, 0.0 AS atSeconds FROM catalogue WHERE id = :mediaId AND deleted_at IS NULL',
      ),
      photo: database.prepare<Medium>(
        `SELECT video_id AS videoId, (start_time + end_time) / 2 AS atSeconds
           FROM scenes JOIN videos ON videos.id = scenes.video_id
          WHERE scenes.id = :mediaId AND videos.deleted_at IS NULL`,
      ),
    }
  }

  get(albumId: string, id: string): ItemRow | null {
    return this.#get.get({ albumId, id }) ?? null
  }

  /** The next of those that are shown, in order. @param after position of the last one that was read. */
  chunk(albumId: string, after: number, limit: number, columns: 'whole' | 'brief'): ItemRow[] {
    return this.#chunks[columns].all({ albumId, after, limit })
  }

  /** Of what is in the library and can be shown, or null. */
  medium(mediaType: MediaType, mediaId: string): Medium | null {
    return this.#medium[mediaType].get({ mediaId }) ?? null
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
