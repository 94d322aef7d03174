import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { toInstant } from '../../base/clock.ts'
import type { Album, AlbumSummary, createAlbum, updateAlbum } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import type { Events } from '../events/index.ts'
import type { Identity } from '../identity/index.ts'
import { mayChange, type MediaReader, seesLibrary } from '../library/index.ts'
import { type Caller, userOf } from '../operations.ts'
import type { SceneReader } from '../scenes/index.ts'
import { assertMayChange, assertMayRead } from './access.ts'
import { type AlbumRow, AlbumRows } from './album-rows.ts'
import { AlbumItems } from './album-items.ts'
import { followMedia } from './item-presence.ts'
import { ItemMedia } from './item-view.ts'
import { type Range, type Reading } from './reading.ts'

/** How long a deletion can be undone. */
const RESTORABLE_MS = 10 * 60_000
/** Items that are removed for good at once: an album may have thousands. */
const PURGED_AT_ONCE = 500
const ALL: Range = { offset: 0, limit: null }
const NONE: Range = { offset: 0, limit: 0 }

type Facts = z.output<(typeof createAlbum)['input']>
type Change = Omit<z.output<(typeof updateAlbum)['input']>, 'albumId'>

export interface AlbumsOptions {
  readonly database: Database
  readonly identity: Pick<Identity, 'namesOf' | 'ownerId'>
  readonly media: MediaReader
  readonly scenes: SceneReader
  readonly events: Events
  readonly onChange: (albumId: string) => void
  /** By which deletions can be undone, see `RunningClock`. */
  readonly now?: () => number
}

/** Collections of videos and photos, each in an order of its own. */
export class Albums {
  readonly items: AlbumItems
  readonly #database: Database
  readonly #identity: AlbumsOptions['identity']
  readonly #rows: AlbumRows
  readonly #onChange: (albumId: string) => void
  readonly #now: () => number

  constructor({ database, identity, media, scenes, events, onChange, now = Date.now }: AlbumsOptions) {
    this.#database = database
    this.#identity = identity
    this.#now = now
    this.#rows = new AlbumRows(database)
    this.#onChange = onChange
    followMedia({ database, events, media, scenes })
    this.items = new AlbumItems({
      ...{ database, albums: this.#rows, media: new ItemMedia(media, scenes), onChange },
      libraryOwnerId: () => identity.ownerId(),
    })
  }

  /** @throws EngineError `unauthenticated`. */
  async create(facts: Facts, caller: Caller): Promise<Album> {
    const id = randomUUID()
    this.#rows.insert.run({
      id,
      ownerId: userOf(caller),
      title: facts.title,
      description: facts.description ?? null,
      visibility: facts.visibility ?? 'private',
      coverUrl: facts.coverUrl ?? null,
      now: Date.now(),
    })
    this.#onChange(id)
    return await this.#describe(id, caller)
  }

  /** LI-43: the caller's own, newest first. */
  async list({ offset, limit }: { offset: number; limit: number }, caller: Caller) {
    const { rows, total } = this.#rows.page(userOf(caller), offset, limit)
    const albums: AlbumSummary[] = []
    for (const row of rows) albums.push(this.#summary(row, await this.items.reader.read(row, true, NONE)))
    return { albums, total }
  }

  /** @throws EngineError `not_found`, `unauthenticated`, `forbidden`. */
  async get(albumId: string, caller: Caller, range: Range = ALL): Promise<Album> {
    assertMayRead(this.#rows.get(albumId), caller)
    return await this.#describe(albumId, caller, range)
  }

  /** What an album is called, also one that was deleted lately. @throws EngineError `not_found`. */
  titleOf(albumId: string): string {
    return this.#rows.get(albumId).title
  }

  /** Changes what is given and leaves the rest. @throws EngineError `not_found`, `forbidden`. */
  async update(albumId: string, change: Change, caller: Caller): Promise<Album> {
    this.#database.transaction(() => {
      const row = this.#rows.get(albumId)
      assertMayChange(row, caller)
      this.#rows.update.run({
        id: albumId,
        title: change.title ?? row.title,
        description: change.description === undefined ? row.description : change.description,
        visibility: change.visibility ?? row.visibility,
        coverUrl: change.coverUrl === undefined ? row.cover_url : change.coverUrl,
        now: Date.now(),
      })
    })
    this.#onChange(albumId)
    return await this.#describe(albumId, caller)
  }

  /** Hides an album; `restore` undoes it for ten minutes. @throws EngineError `not_found`, `forbidden`. */
  delete(albumId: string, caller: Caller): void {
    assertMayChange(this.#rows.get(albumId), caller)
    this.#rows.setDeleted.run({ id: albumId, deletedAt: this.#now() })
    this.#onChange(albumId)
  }

  /** @throws EngineError `not_found` when it was never there or its time is over, `forbidden`. */
  async restore(albumId: string, caller: Caller): Promise<Album> {
    assertMayChange(this.#rows.get(albumId, { deletedSince: this.#now() - RESTORABLE_MS }), caller)
    this.#rows.setDeleted.run({ id: albumId, deletedAt: null })
    this.#onChange(albumId)
    return await this.#describe(albumId, caller)
  }

  /** Removes for good what was deleted longer ago than can be undone. */
  async purge(now = this.#now()): Promise<void> {
    const before = now - RESTORABLE_MS
    while (this.#rows.purgeItems.run({ before, limit: PURGED_AT_ONCE }).changes > 0) await new Promise(setImmediate)
    this.#rows.purge.run({ before })
  }

  async #describe(albumId: string, caller: Caller, range: Range = ALL): Promise<Album> {
    const row = this.#rows.get(albumId)
    const reading = await this.items.reader.read(row, seesLibrary(caller), range)
    return {
      ...this.#summary(row, reading),
      items: reading.items,
      hiddenFromOthers: mayChange(row.owner_id, caller) ? reading.closedCount : 0,
    }
  }

  #summary(row: AlbumRow, reading: Reading): AlbumSummary {
    return {
      albumId: row.id,
      ownerId: row.owner_id,
      ownerName: this.#identity.namesOf([row.owner_id]).get(row.owner_id) ?? '',
      title: row.title,
      description: row.description,
      visibility: row.visibility,
      coverUrl: row.cover_url,
      firstPictureUrl: reading.firstPictureUrl,
      mosaic: reading.mosaic,
      itemCount: reading.itemCount,
      totalSeconds: reading.totalSeconds,
      sharePath: row.visibility === 'private' ? null : `/albums/${row.id}`,
      createdAt: toInstant(row.created_at),
      updatedAt: toInstant(row.updated_at),
    }
  }
}
