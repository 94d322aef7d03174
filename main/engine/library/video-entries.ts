import { naturalKey } from '../../base/natural-key.ts'
import type { Database } from '../../platform/database/index.ts'

/** What an uploaded video is found and ordered by. */
export interface VideoEntry {
  readonly id: string
  /** Of equal ones the first added goes first. */
  readonly rank: number
  /** Title and filename, small. */
  readonly text: string
  /** The title as it is sorted. */
  readonly name: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  /** Milliseconds since 1970; null where the file does not say. */
  readonly recordedAt: number | null
  readonly seconds: number | null
  readonly bytes: number
  /** Whether the window cannot play it, and has no copy that it can. */
  readonly lacksPreview: boolean
}

interface EntryRow {
  id: string
  rank: number
  title: string
  filename: string
  createdAt: number
  recordedAt: string | null
  seconds: number | null
  bytes: number
  lacksPreview: number
}

const SELECT = `
  SELECT id, rowid AS rank, title, filename, created_at AS createdAt, metadata ->> '$.recordedAt' AS recordedAt,
         duration_seconds AS seconds, size_bytes AS bytes, playable = 0 AND preview IS NULL AS lacksPreview
    FROM media
   WHERE source = 'uploaded' AND kind = 'video' AND deleted_at IS NULL`

/** Reads entries out of the `media` table. */
export class VideoEntries {
  readonly #one
  readonly #some

  constructor(database: Database) {
    this.#one = database.prepare<EntryRow>(`${SELECT} AND id = :id`)
    this.#some = database.prepare<EntryRow>(`${SELECT} AND rowid > :after ORDER BY rowid LIMIT :limit`)
  }

  /** null for one that is deleted, or no uploaded video. */
  get(id: string): VideoEntry | null {
    const row = this.#one.get({ id })
    return row ? toEntry(row) : null
  }

  /** In the order of their ranks. */
  after(rank: number, limit: number): VideoEntry[] {
    return this.#some.all({ after: rank, limit }).map(toEntry)
  }
}

function toEntry({ title, filename, recordedAt, lacksPreview, ...row }: EntryRow): VideoEntry {
  const recorded = recordedAt === null ? NaN : Date.parse(recordedAt)
  return {
    ...row,
    text: `${title}\n${filename}`.toLowerCase(),
    name: naturalKey(title),
    recordedAt: Number.isNaN(recorded) ? null : recorded,
    lacksPreview: lacksPreview === 1,
  }
}
