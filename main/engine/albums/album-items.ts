import { randomUUID } from 'node:crypto'
import { type AlbumItem, EngineError, type MediaType } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import type { Caller } from '../operations.ts'
import { seesLibrary } from '../library/index.ts'
import { assertMayChange, assertMayRead } from './access.ts'
import type { AlbumRows } from './album-rows.ts'
import { ItemRows } from './item-rows.ts'
import { type ItemMedia, type ShownItem, toItem } from './item-view.ts'
import { AlbumReader } from './reading.ts'

export interface NewItem {
  readonly mediaType: MediaType
  readonly mediaId: string
  readonly caption: string | null
  /** Its place among those that are shown; the last one without. */
  readonly order?: number | undefined
}

export interface ItemOrder {
  readonly itemId: string
  readonly order: number
}

interface AlbumItemsOptions {
  readonly database: Database
  readonly albums: AlbumRows
  readonly media: ItemMedia
  readonly libraryOwnerId: () => string
  readonly onChange: (albumId: string) => void
}

/** What is in the albums. Every change is one transaction: a crash leaves an album as it was before or after it. */
export class AlbumItems {
  readonly reader: AlbumReader
  readonly #database: Database
  readonly #albums: AlbumRows
  readonly #media: ItemMedia
  readonly #rows: ItemRows
  readonly #onChange: (albumId: string) => void

  constructor({ database, albums, media, libraryOwnerId, onChange }: AlbumItemsOptions) {
    this.#database = database
    this.#albums = albums
    this.#media = media
    this.#rows = new ItemRows(database)
    this.#onChange = onChange
    this.reader = new AlbumReader(this.#rows, media, libraryOwnerId)
  }

  /** @throws EngineError `not_found` for the album and for its medium, `forbidden`, `conflict` when it is in already. */
  add(albumId: string, { mediaType, mediaId, caption, order }: NewItem, caller: Caller): AlbumItem {
    const id = randomUUID()
    return this.#change(albumId, caller, () => {
      const found = this.#media.find(mediaType, mediaId)
      if (!found) throw new EngineError('not_found', `There is no such ${mediaType}.`)
      // LI-45
      if (this.#rows.has(albumId, mediaType, mediaId)) {
        throw new EngineError('conflict', `This ${mediaType} is in the album already.`)
      }
      const position = this.#rows.positionFor(albumId, order)
      this.#rows.insert.run({ id, albumId, mediaType, mediaId, ...found, caption, position, now: Date.now() })
      return this.#describe(albumId, id)
    })
  }

  /** @throws EngineError `not_found`, `forbidden`. */
  setCaption(albumId: string, id: string, caption: string | null, caller: Caller): AlbumItem {
    return this.#change(albumId, caller, () => {
      this.#rows.setCaption.run({ albumId, id, caption })
      return this.#describe(albumId, id)
    })
  }

  /** @throws EngineError `not_found`, `forbidden`. */
  remove(albumId: string, id: string, caller: Caller): void {
    this.#change(albumId, caller, () => {
      if (this.#rows.remove.run({ albumId, id }).changes === 0) throw noSuchItem()
    })
  }

  /**
   * LI-47: the listed items come first, the others keep their order.
   * @throws EngineError `invalid_input` for an item or a place that is listed twice, `not_found` for an item that is
   * not the album's, `forbidden`.
   */
  reorder(albumId: string, orders: readonly ItemOrder[], caller: Caller): void {
    this.#change(albumId, caller, () => {
      const ids = orders.toSorted((one, other) => one.order - other.order).map(({ itemId }) => itemId)
      if (new Set(ids).size < ids.length) throw twice('An item is listed twice.')
      if (new Set(orders.map(({ order }) => order)).size < ids.length) throw twice('Two items have the same order.')
      if (this.#rows.known(albumId, ids) < ids.length) throw noSuchItem()
      this.#rows.toFront(albumId, ids)
    })
  }

  /** An item, for whoever may see it. @throws EngineError `not_found`, `unauthenticated`, `forbidden`. */
  find(albumId: string, id: string, caller: Caller): ShownItem {
    const album = this.#albums.get(albumId)
    assertMayRead(album, caller)
    const item = this.#get(albumId, id)
    if (!seesLibrary(caller) && !this.reader.isOpen(item, album)) throw noSuchItem()
    return item
  }

  #change<T>(albumId: string, caller: Caller, work: () => T): T {
    const result = this.#database.transaction(() => {
      assertMayChange(this.#albums.get(albumId), caller)
      const done = work()
      this.#albums.touch.run({ id: albumId, now: Date.now() })
      return done
    })
    this.reader.changed()
    this.#onChange(albumId)
    return result
  }

  #describe(albumId: string, id: string): AlbumItem {
    const item = this.#get(albumId, id)
    return toItem(item, this.#rows.rank(albumId, item.row.position))
  }

  #get(albumId: string, id: string): ShownItem {
    const row = this.#rows.get(albumId, id)
    const [item] = this.#media.shown(row ? [row] : [])
    if (!item) throw noSuchItem()
    return item
  }
}

function noSuchItem(): EngineError {
  return new EngineError('not_found', 'There is no such item in this album.')
}

function twice(reason: string): EngineError {
  return new EngineError('invalid_input', reason, { fields: [{ field: 'item_orders', reason }] })
}
