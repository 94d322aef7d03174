import type { Database } from '../../platform/database/index.ts'
import { LIBRARY } from './audience-rows.ts'

interface Later {
  id: number
  before_at: number
}

/** When each viewer's previous view began: then distinct viewers of a span are counted by counting rows. */
export class ViewerHistory {
  readonly #insertViewer
  readonly #viewerByKey
  readonly #lastAt
  readonly #setLastAt
  readonly #later
  readonly #laterInLibrary
  readonly #setBefore
  readonly #setLibraryBefore

  constructor(database: Database) {
    this.#insertViewer = database.prepare('INSERT OR IGNORE INTO viewers (key) VALUES (:key)')
    this.#viewerByKey = database.prepare<{ id: number }>('SELECT id FROM viewers WHERE key = :key')
    this.#lastAt = database.prepare<{ last_at: number }>(
      'SELECT last_at FROM audience_viewers WHERE audience = :audience AND viewer = :viewer',
    )
    this.#setLastAt = database.prepare(
      `INSERT INTO audience_viewers (audience, viewer, last_at) VALUES (:audience, :viewer, :now)
       ON CONFLICT (audience, viewer) DO UPDATE SET last_at = excluded.last_at`,
    )
    const later = (beforeAt: string, where: string) =>
      database.prepare<Later>(
        `SELECT id, ${beforeAt} AS before_at FROM views WHERE ${where} started_at > :now AND viewer = :viewer
          ORDER BY started_at LIMIT 1`,
      )
    this.#later = later('before_at', 'audience = :audience AND')
    this.#laterInLibrary = later('library_before_at', '')
    this.#setBefore = database.prepare('UPDATE views SET before_at = :now WHERE id = :id')
    this.#setLibraryBefore = database.prepare('UPDATE views SET library_before_at = :now WHERE id = :id')
  }

  /** The number of a viewer; made when they are new. */
  viewer(key: string): number {
    const found = this.#viewerByKey.get({ key })
    if (found) return found.id
    this.#insertViewer.run({ key })
    return this.viewer(key)
  }

  /** A viewer begins a view. @returns when the one before it began; 0 when it is the first. */
  enter(audience: number, viewer: number, now: number): { beforeAt: number; isFirst: boolean } {
    const last = this.#lastAt.get({ audience, viewer })?.last_at
    if (last !== undefined && last > now) return { beforeAt: this.#insertBefore(audience, viewer, now), isFirst: false }
    this.#setLastAt.run({ audience, viewer, now })
    return { beforeAt: last ?? 0, isFirst: last === undefined }
  }

  /** The clock was set back: the view is inserted before the one that follows it. */
  #insertBefore(audience: number, viewer: number, now: number): number {
    const isLibrary = audience === LIBRARY
    const later = isLibrary ? this.#laterInLibrary.get({ viewer, now }) : this.#later.get({ audience, viewer, now })
    if (!later) return 0
    const { id, before_at: beforeAt } = later
    if (isLibrary) this.#setLibraryBefore.run({ id, now })
    else this.#setBefore.run({ id, now })
    return beforeAt
  }
}
