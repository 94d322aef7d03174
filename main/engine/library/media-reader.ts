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

const PUBLISHED = `coalesce(video_type, 'other') AS videoType, video_url AS videoUrl, thumbnail_url AS thumbnailUrl,
                   deleted_at AS deletedAt`
/** CROSS: the list of ids is walked, and never made an index of. */
const SELECT = `
  SELECT videos.id, 'uploaded' AS source, owner_id AS ownerId, title,
         coalesce(videos.duration_seconds, publications.duration_seconds) AS durationSeconds,
         metadata ->> '$.width' AS width, metadata ->> '$.height' AS height,
         playable = 1 OR preview IS NOT NULL AS playsHere, poster, ${PUBLISHED}
    FROM json_each(:ids) AS asked CROSS JOIN videos ON videos.id = asked.value
    LEFT JOIN publications ON publications.video_id = videos.id
   UNION ALL
  SELECT linked_videos.id, 'linked', owner_id, title, duration_seconds, NULL, NULL, 0, 0, ${PUBLISHED}
    FROM json_each(:ids) AS asked CROSS JOIN linked_videos ON linked_videos.id = asked.value
    LEFT JOIN publications ON publications.video_id = linked_videos.id`

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
