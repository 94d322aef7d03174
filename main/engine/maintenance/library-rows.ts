import type { Database } from '../../platform/database/index.ts'

export interface ObjectRow {
  sha256: string
  size_bytes: number
}

export interface UploadRow {
  media_id: string
  title: string
  size_bytes: number
  part_bytes: number
  sha256: string | null
}

export interface PartRow {
  part_number: number
  size_bytes: number
  md5: string
}

export interface VideoRow {
  id: string
  title: string
  sha256: string
  poster: number
  sprite: string | null
  preview: string | null
}

export interface TaskRow {
  id: string
  title: string
  processed_frames: number
  completed_at: number | null
}

export interface FilmRow {
  id: string
  title: string
  filename: string
  tags: string
}

export interface ChecksumRow {
  name: string
  size_bytes: number
  sha256: Buffer
}

/** How many rows are taken at a time. */
export const PAGE = 500
/** An upload that took something so recently counts as running. */
const RECENT_MS = 5_000

/** What rows say about the files of a library. Only reads; whichever thread has the connection. */
export class LibraryRows {
  readonly #objects
  readonly #object
  readonly #videoOfObject
  readonly #taskOfObject
  readonly #uploads
  readonly #upload
  readonly #parts
  readonly #part
  readonly #videos
  readonly #video
  readonly #scenes
  readonly #tasks
  readonly #task
  readonly #checksums
  readonly #openJobs
  readonly #busy
  readonly #sums
  readonly #owner
  readonly #films
  readonly #stale

  constructor(database: Database) {
    this.#objects = database.prepare<ObjectRow>(
      'SELECT sha256, size_bytes FROM objects WHERE sha256 > :after ORDER BY sha256 LIMIT :limit',
    )
    this.#object = database.prepare<ObjectRow>('SELECT sha256, size_bytes FROM objects WHERE sha256 = :sha256')
    this.#videoOfObject = database.prepare<{ id: string; title: string }>(
      'SELECT id, title FROM videos WHERE sha256 = :sha256 ORDER BY deleted_at IS NOT NULL, created_at LIMIT 1',
    )
    this.#taskOfObject = database.prepare<{ title: string }>('SELECT title FROM tasks WHERE sha256 = :sha256 LIMIT 1')
    const upload = 'SELECT media_id, coalesce(title, filename) AS title, size_bytes, part_bytes, sha256 FROM uploads'
    const isOpen = `status NOT IN ('completed', 'aborted')`
    this.#uploads = database.prepare<UploadRow>(`${upload} WHERE ${isOpen} ORDER BY media_id`)
    this.#upload = database.prepare<UploadRow>(`${upload} WHERE media_id = :id AND ${isOpen}`)
    const part = `SELECT part_number, size_bytes, md5 FROM parts
       WHERE media_id = :id AND md5 IS NOT NULL AND stored_at IS NOT NULL`
    this.#parts = database.prepare<PartRow>(`${part} ORDER BY part_number`)
    this.#part = database.prepare<PartRow>(`${part} AND part_number = :partNumber`)
    const video = 'SELECT id, title, sha256, poster, sprite, preview FROM videos'
    this.#videos = database.prepare<VideoRow>(`${video} WHERE id > :after ORDER BY id LIMIT :limit`)
    this.#video = database.prepare<VideoRow>(`${video} WHERE id = :id`)
    this.#scenes = database.prepare<{ id: string }>('SELECT id FROM scenes WHERE video_id = :id')
    const task = 'SELECT id, title, processed_frames, completed_at FROM tasks'
    this.#tasks = database.prepare<TaskRow>(`${task} WHERE id > :after ORDER BY id LIMIT :limit`)
    this.#task = database.prepare<TaskRow>(`${task} WHERE id = :id`)
    this.#checksums = database.prepare<ChecksumRow>(
      'SELECT name, size_bytes, sha256 FROM checksums WHERE owner_id = :id ORDER BY name',
    )
    this.#openJobs = database.prepare<{ kind: string }>(
      `SELECT DISTINCT kind FROM jobs WHERE subject_id = :id AND status IN ('pending', 'processing')`,
    )
    this.#busy = database.prepare<{ busy: number }>(
      `SELECT EXISTS (SELECT 1 FROM jobs WHERE status = 'processing')
           OR EXISTS (SELECT 1 FROM tasks WHERE status = 'running')
           OR EXISTS (SELECT 1 FROM uploads WHERE status = 'uploading' AND updated_at > :since) AS busy`,
    )
    this.#sums = database.prepare<{ objects: number; parts: number; made: number }>(
      `SELECT (SELECT coalesce(sum(size_bytes), 0) FROM objects WHERE sha256 > :after) AS objects,
              (SELECT coalesce(sum(parts.size_bytes), 0) FROM parts JOIN uploads USING (media_id)
               WHERE uploads.${isOpen} AND md5 IS NOT NULL) AS parts,
              (SELECT coalesce(sum(size_bytes), 0) FROM checksums) AS made`,
    )
    this.#films = database.prepare<FilmRow>('SELECT id, title, filename, tags FROM videos WHERE sha256 = :sha256')
    const keepsStale = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'stale_sidecars'`).get() !== undefined
    this.#stale = keepsStale
      ? database.prepare<{ sha256: string }>('SELECT sha256 FROM stale_sidecars WHERE sha256 = :sha256')
      : null
    this.#owner = database.prepare<{ id: string }>('SELECT id FROM users WHERE is_owner = 1')
  }

  /** In order of their names. */
  objects(after: string, limit = PAGE): ObjectRow[] {
    return this.#objects.all({ after, limit })
  }

  object(sha256: string): ObjectRow | null {
    return this.#object.get({ sha256 }) ?? null
  }

  /** What a person knows an object by. */
  aboutObject(sha256: string): { videoId: string | null; title: string | null } {
    const video = this.#videoOfObject.get({ sha256 })
    if (video) return { videoId: video.id, title: video.title }
    return { videoId: null, title: this.#taskOfObject.get({ sha256 })?.title ?? null }
  }

  openUploads(): UploadRow[] {
    return this.#uploads.all()
  }

  openUpload(id: string): UploadRow | null {
    return this.#upload.get({ id }) ?? null
  }

  /** The parts of an upload that were received. */
  parts(id: string): PartRow[] {
    return this.#parts.all({ id })
  }

  part(id: string, partNumber: number): PartRow | null {
    return this.#part.get({ id, partNumber }) ?? null
  }

  /** Deleted ones too, as long as they can be restored. */
  videos(after: string, limit = PAGE): VideoRow[] {
    return this.#videos.all({ after, limit })
  }

  video(id: string): VideoRow | null {
    return this.#video.get({ id }) ?? null
  }

  sceneIds(videoId: string): string[] {
    return this.#scenes.all({ id: videoId }).map(({ id }) => id)
  }

  tasks(after: string, limit = PAGE): TaskRow[] {
    return this.#tasks.all({ after, limit })
  }

  task(id: string): TaskRow | null {
    return this.#task.get({ id }) ?? null
  }

  /** What was recorded of the files that were made from a video or a task, by name. */
  checksums(ownerId: string): Map<string, ChecksumRow> {
    return new Map(this.#checksums.all({ id: ownerId }).map((row) => [row.name, row]))
  }

  /** Kinds of jobs for a video that wait or run. */
  openJobs(videoId: string): Set<string> {
    return new Set(this.#openJobs.all({ id: videoId }).map(({ kind }) => kind))
  }

  /** Whether uploads, jobs or tasks run. */
  isBusy(now = Date.now()): boolean {
    return this.#busy.get({ since: now - RECENT_MS })?.busy === 1
  }

  /** Bytes that a verify reads. @param after the object after which it begins. */
  bytesToRead(after: string): number {
    const { objects = 0, parts = 0, made = 0 } = this.#sums.get({ after }) ?? {}
    return objects + parts + made
  }

  /** The videos that an object holds. */
  films(sha256: string): FilmRow[] {
    return this.#films.all({ sha256 })
  }

  /** Whether what lies beside an object is about to be written again. */
  isSidecarStale(sha256: string): boolean {
    return this.#stale?.get({ sha256 }) !== undefined
  }

  /** An id that no other library has. */
  libraryId(): string | null {
    return this.#owner.get()?.id ?? null
  }
}
