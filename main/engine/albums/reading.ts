import type { AlbumItem } from '../../contract/index.ts'
import type { AlbumRow } from './album-rows.ts'
import type { ItemRow, ItemRows } from './item-rows.ts'
import { ownPicture, toItem } from './item-view.ts'

/** So many rows are read at once; in between, others have their turn. */
const CHUNK = 500
/** How often an album that changes while it is read is begun anew. */
const TRIES = 3
const MOSAIC = 4

export interface Range {
  readonly offset: number
  /** Null for all. */
  readonly limit: number | null
}

/** What all items of an album come to, for somebody who sees all of them or some. */
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

/** Reads albums of any size without holding up others, each as it was at one moment. */
export class AlbumReader {
  readonly #rows: ItemRows
  /** Counts changes of items. */
  #version = 0

  constructor(rows: ItemRows) {
    this.#rows = rows
  }

  /** To be told of every change of items. */
  changed(): void {
    this.#version += 1
  }

  /** @param seesAll else only what the album opens to everybody. */
  async read(album: AlbumRow, seesAll: boolean, range: Range): Promise<Reading> {
    for (let attempt = 1; attempt < TRIES; attempt += 1) {
      const version = this.#version
      const reading = new Gathering(album, seesAll, range)
      for (let chunk = this.#next(album, reading); reading.take(chunk); chunk = this.#next(album, reading)) {
        await new Promise(setImmediate)
        if (this.#version !== version) break
      }
      if (this.#version === version) return reading
    }
    const reading = new Gathering(album, seesAll, range)
    while (reading.take(this.#next(album, reading)));
    return reading
  }

  #next(album: AlbumRow, reading: Gathering): ItemRow[] {
    return this.#rows.chunk(album.id, reading.after, CHUNK, reading.wants(CHUNK) ? 'whole' : 'brief')
  }
}

/**
 * "the album is public or unlisted AND the item's video is there AND that video's owner is the album's owner or the
 * album's owner is the library's owner". Whether the video is there says the row's presence.
 */
export function isOpen(row: Pick<ItemRow, 'video_owner_id'>, album: AlbumRow): boolean {
  return album.owner_is_library_owner === 1 || row.video_owner_id === album.owner_id
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
  readonly #album: AlbumRow
  readonly #seesAll: boolean
  readonly #from: number
  readonly #to: number

  constructor(album: AlbumRow, seesAll: boolean, { offset, limit }: Range) {
    this.#album = album
    this.#seesAll = seesAll
    this.#from = offset
    this.#to = limit === null ? Number.POSITIVE_INFINITY : offset + limit
  }

  /** Whether any of so many next rows may be in the range. */
  wants(rows: number): boolean {
    return this.itemCount < this.#to && this.itemCount + rows > this.#from
  }

  /** Counts a chunk in. @returns whether there may be more. */
  take(chunk: readonly ItemRow[]): boolean {
    for (const row of chunk) {
      this.after = row.position
      const open = isOpen(row, this.#album)
      if (!open) this.closedCount += 1
      if (open || this.#seesAll) this.#add(row)
    }
    return chunk.length === CHUNK
  }

  #add(row: ItemRow): void {
    const order = this.itemCount
    this.itemCount += 1
    if (row.media_type === 'video') this.totalSeconds += row.duration_seconds ?? 0
    const own = ownPicture(row)
    if (own !== null && this.mosaic.length < MOSAIC) this.mosaic.push(own)
    this.firstPictureUrl ??= (row.media_type === 'video' ? row.thumbnail_url : null) ?? own
    if (order >= this.#from && order < this.#to) this.items.push(toItem(row, order))
  }
}
