import type { Database } from '../../platform/database/index.ts'

/** What other capabilities need to know of a media item. */
export interface MediaItem {
  readonly id: string
  readonly source: 'uploaded' | 'linked'
  readonly ownerId: string
  readonly title: string
  readonly videoType: string
  readonly durationSeconds: number | null
  readonly width: number | null
  readonly height: number | null
  /** Whether every browser plays the file, or a preview copy of it. */
  readonly playsHere: boolean
  /** How often a poster was made; 0 is never. */
  readonly poster: number
  readonly videoUrl: string | null
  readonly thumbnailUrl: string | null
  readonly deletedAt: number | null
}

type MediaRow = Omit<MediaItem, 'playsHere'> & { playsHere: number | boolean }

/** CROSS: the list of ids is walked, and never made an index of. */
const SELECT = `
  SELECT media.id, source, owner_id AS ownerId, title, coalesce(duration_seconds, published_seconds) AS durationSeconds,
         metadata ->> '$.width' AS width, metadata ->> '$.height' AS height,
         playable = 1 OR preview IS NOT NULL AS playsHere, poster, video_type AS videoType, video_url AS videoUrl,
         thumbnail_url AS thumbnailUrl, deleted_at AS deletedAt
    FROM json_each(:ids) AS asked CROSS JOIN media ON media.id = asked.value`

/** Reads media items for other capabilities, on any thread. A deleted one is left out unless asked for. */
export class MediaReader {
  readonly #select

  constructor(database: Database) {
    this.#select = database.prepare<MediaRow>(SELECT)
  }

  get(id: string, which: { evenDeleted?: boolean } = {}): MediaItem | null {
    return this.getMany([id], which).get(id) ?? null
  }

  exists(id: string): boolean {
    return this.get(id) !== null
  }

  /** By id. */
  getMany(ids: readonly string[], { evenDeleted = false } = {}): Map<string, MediaItem> {
    const found = new Map<string, MediaItem>()
    for (const row of this.#select.all({ ids: JSON.stringify(ids) })) {
      if (row.deletedAt !== null && !evenDeleted) continue
      row.playsHere = row.playsHere === 1
      found.set(row.id, row as MediaItem)
    }
    return found
  }
}
