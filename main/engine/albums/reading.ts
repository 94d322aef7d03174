import type { AlbumItem } from '../../contract/index.ts'
import type { AlbumRow } from './album-rows.ts'
import type { ItemRows } from './item-rows.ts'
import { type ItemMedia, ownPicture, type ShownItem, toItem } from './item-view.ts'

/** So many rows are read at once; other work runs in between. */
const CHUNK = 500
/** How often reading starts over when the album changes meanwhile. */
const TRIES = 3
const MOSAIC = 4

export interface Range {
  readonly offset: number
  /** Null for all. */
  readonly limit: number | null
}

/** The items of an album as one reader sees them, and their sums. */
export interface Reading {
  /** Those of the range. */
  readonly items: AlbumItem[]
  readonly itemCount: number
  readonly totalSeconds: number
  readonly firstPictureUrl: string | null
  readonly mosaic: string[]
  /** Items that only people with a key see. */
  readonly closedCount: number
}

/** Reads albums of any size in chunks, each album as it was at one moment. */
export class AlbumReader {
  readonly #rows: ItemRows
  readonly #media: ItemMedia
  readonly #libraryOwnerId: () => string
  /** Counts changes of items. */
  #version = 0

  constructor(rows: ItemRows, media: ItemMedia, libraryOwnerId: () => string) {
    this.#rows = rows
    this.#media = media
    this.#libraryOwnerId = libraryOwnerId
  }

  /** Call it after every change of items. */
  changed(): void {
    this.#version += 1
  }

  /** @param seesAll else only what the album opens to everybody. */
  async read(album: AlbumRow, seesAll: boolean, range: Range): Promise<Reading> {
    for (let attempt = 1; attempt < TRIES; attempt += 1) {
      const version = this.#version
      const reading = new Gathering(seesAll, range)
      while (this.#readOn(album, reading)) {
        await new Promise(setImmediate)
        if (this.#version !== version) break
      }
      if (this.#version === version) return reading
    }
    const reading = new Gathering(seesAll, range)
    while (this.#readOn(album, reading));
    return reading
  }

  /**
   * LI-46: whether everybody who may read the album sees the item: its video belongs to the album's owner, or the album
   * to the library's owner.
   */
  isOpen({ video }: ShownItem, album: AlbumRow): boolean {
    return video.ownerId === album.owner_id || album.owner_id === this.#libraryOwnerId()
  }

  /** @returns whether there may be more. */
  #readOn(album: AlbumRow, reading: Gathering): boolean {
    const rows = this.#rows.chunk(album.id, reading.after, CHUNK)
    for (const item of this.#media.shown(rows)) reading.take(item, this.isOpen(item, album))
    reading.after = rows.at(-1)?.position ?? reading.after
    return rows.length === CHUNK
  }
}

class Gathering implements Reading {
  readonly items: AlbumItem[] = []
  readonly mosaic: string[] = []
  itemCount = 0
  totalSeconds = 0
  firstPictureUrl: string | null = null
  closedCount = 0
  /** Position of the last row. */
  after = Number.NEGATIVE_INFINITY
  readonly #seesAll: boolean
  readonly #from: number
  readonly #to: number

  constructor(seesAll: boolean, { offset, limit }: Range) {
    this.#seesAll = seesAll
    this.#from = offset
    this.#to = limit === null ? Number.POSITIVE_INFINITY : offset + limit
  }

  /** @param isOpen whether the album opens it to everybody. */
  take(item: ShownItem, isOpen: boolean): void {
    if (!isOpen) this.closedCount += 1
    if (!isOpen && !this.#seesAll) return
    const order = this.itemCount
    this.itemCount += 1
    const isVideo = item.row.media_type === 'video'
    if (isVideo) this.totalSeconds += item.video.durationSeconds ?? 0
    const own = ownPicture(item)
    if (own !== null && this.mosaic.length < MOSAIC) this.mosaic.push(own)
    this.firstPictureUrl ??= (isVideo ? item.video.thumbnailUrl : null) ?? own
    if (order >= this.#from && order < this.#to) this.items.push(toItem(item, order))
  }
}
