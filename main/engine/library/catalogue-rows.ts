import { z } from 'zod'
import { toInstant } from '../../base/clock.ts'
import { type CatalogueVideo, EngineError, VideoType } from '../../contract/index.ts'
import { type Database, readRow, readRows, type SqlParameters } from '../../platform/database/index.ts'
import { type CatalogueFilter, conditions } from './catalogue-filter.ts'

interface CatalogueRow {
  id: string
  owner_id: string
  owner_name: string
  title: string
  tags: string
  created_at: number
  has_file: number
  poster: number
  description: string | null
  video_type: string
  video_url: string | null
  thumbnail_url: string | null
  duration_seconds: number | null
  tech_stack: string
  project_url: string | null
  updated_at: number
  views: number
  likes: number
  shares: number
}

/** Looking a little further than the page often finds the end, and saves counting. */
const AHEAD = 200

const COLUMNS = `catalogue.*, users.name AS owner_name, coalesce(views, 0) AS views, coalesce(likes, 0) AS likes,
  coalesce(shares, 0) AS shares`
const JOINED = `JOIN users ON users.id = owner_id LEFT JOIN audiences ON audiences.video_id = catalogue.id`

/** The view `catalogue`, and the two tables behind it that nobody else writes. */
export class CatalogueRows {
  readonly insertLink
  readonly updateLink
  readonly setLinkDeleted
  readonly purgeLinks
  readonly writePublication
  readonly #database: Database
  readonly #get
  readonly #among

  constructor(database: Database) {
    this.#database = database
    this.insertLink = database.prepare(
      'INSERT INTO linked_videos (id, owner_id, title, tags, created_at) VALUES (:id, :ownerId, :title, :tags, :now)',
    )
    this.updateLink = database.prepare(
      'UPDATE linked_videos SET title = coalesce(:title, title), tags = coalesce(:tags, tags) WHERE id = :id',
    )
    this.setLinkDeleted = database.prepare('UPDATE linked_videos SET deleted_at = :deletedAt WHERE id = :id')
    this.purgeLinks = database.prepare(
      'DELETE FROM linked_videos WHERE deleted_at IS NOT NULL AND deleted_at < :before',
    )
    this.writePublication = database.prepare(
      `INSERT OR REPLACE INTO publications
         (video_id, description, video_type, video_url, thumbnail_url, duration_seconds, tech_stack, project_url, updated_at)
       VALUES (:id, :description, :videoType, :videoUrl, :thumbnailUrl, :durationSeconds, :techStack, :projectUrl, :now)`,
    )
    this.#get = database.prepare<CatalogueRow>(
      `SELECT ${COLUMNS} FROM catalogue ${JOINED} WHERE catalogue.id = :id AND deleted_at IS NULL`,
    )
    this.#among = database.prepare<CatalogueRow>(
      `SELECT ${COLUMNS} FROM catalogue ${JOINED} WHERE catalogue.id IN (SELECT value FROM json_each(:ids))`,
    )
  }

  /** @throws EngineError `not_found`; a deleted video counts as gone. */
  get(id: string): CatalogueVideo {
    const row = this.#get.get({ id })
    if (!row) throw new EngineError('not_found', 'There is no such video.')
    return toCatalogueVideo(row)
  }

  /** Newest first; those of one instant by their ids, so that pages never overlap. */
  page(filter: CatalogueFilter, offset: number, limit: number): { videos: CatalogueVideo[]; total: number } {
    const { where, parameters } = conditions(filter)
    // Table by table, not through the view: each then gives its videos in the order of an index, and no more than asked for.
    const tables = ['videos', 'linked_videos'].map((table) =>
      filter.videoType === null && filter.search.trim() === '' && filter.techStack.length === 0
        ? `${table} WHERE ${where}`
        : `${table} LEFT JOIN publications ON video_id = ${table}.id WHERE ${where}`,
    )
    const reach = limit + AHEAD
    const pages = tables.map(
      (from) =>
        `SELECT * FROM (SELECT id, created_at FROM ${from} ORDER BY created_at DESC, id LIMIT :offset + :reach)`,
    )
    const ahead = this.#database
      .prepare<{ id: string }>(
        `SELECT id FROM (${pages.join(' UNION ALL ')}) ORDER BY created_at DESC, id LIMIT :reach OFFSET :offset`,
      )
      .all({ ...parameters, offset, reach })
    const isEnd = ahead.length < reach && (ahead.length > 0 || offset === 0)
    const total = isEnd ? offset + ahead.length : this.#count(tables, parameters)
    const found = ahead.slice(0, limit)
    const rows = this.#among.all({ ids: JSON.stringify(found.map(({ id }) => id)) })
    const byId = new Map(rows.map((row) => [row.id, row]))
    const whole = found.flatMap(({ id }) => byId.get(id) ?? [])
    const videos = readRows(whole, toCatalogueVideo)
    return { videos, total }
  }

  #count(tables: readonly string[], parameters: SqlParameters): number {
    const counts = tables.map((from) => `(SELECT count(*) FROM ${from})`)
    const counted = this.#database.prepare<{ total: number }>(`SELECT ${counts.join(' + ')} AS total`).get(parameters)
    return counted?.total ?? 0
  }
}

const Labels = z.array(z.string())

/** A row as the contract shows it. Stored JSON is read as if a stranger had written it. */
function toCatalogueVideo(row: CatalogueRow): CatalogueVideo {
  return readRow('video', () => catalogueVideoOf(row))
}

function catalogueVideoOf(row: CatalogueRow): CatalogueVideo {
  return {
    videoId: row.id,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    title: row.title,
    description: row.description,
    videoType: VideoType.parse(row.video_type),
    videoUrl: row.video_url,
    thumbnailUrl: row.thumbnail_url,
    durationSeconds: row.duration_seconds,
    tags: Labels.parse(JSON.parse(row.tags)),
    techStack: Labels.parse(JSON.parse(row.tech_stack)),
    projectUrl: row.project_url,
    hasFile: row.has_file === 1,
    posterUrl: row.poster === 0 ? null : `/api/v2/videos/${row.id}/poster?v=${row.poster}`,
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
    totalViews: row.views,
    likes: row.likes,
    shares: row.shares,
  }
}
