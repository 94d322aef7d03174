import { type Database, inPages } from '../../platform/database/index.ts'
import { SceneReader } from '../scenes/index.ts'

/** A video with bytes in the library. */
export interface ListedVideo {
  readonly id: string
  readonly title: string
  readonly filename: string
  readonly tags: string
  readonly sha256: string
  readonly poster: number
  readonly sprite: string | null
  readonly preview: string | null
}

/** What the rows say about videos and the files made from them, deleted ones too. Only reads, on any thread. */
export class VideoInventory {
  readonly #scenes: SceneReader
  readonly #page
  readonly #get
  readonly #ofObject

  constructor(database: Database) {
    this.#scenes = new SceneReader(database)
    const video = 'SELECT id, title, filename, tags, sha256, poster, sprite, preview FROM media'
    this.#page = database.prepare<ListedVideo>(
      `${video} WHERE id > :after AND source = 'uploaded' ORDER BY id LIMIT :limit`,
    )
    this.#get = database.prepare<ListedVideo>(`${video} WHERE id = :id AND source = 'uploaded'`)
    this.#ofObject = database.prepare<ListedVideo>(
      `${video} WHERE sha256 = :sha256 ORDER BY deleted_at IS NOT NULL, created_at`,
    )
  }

  all(): Generator<ListedVideo> {
    return inPages(this.#page, ({ id }) => id)
  }

  get(id: string): ListedVideo | null {
    return this.#get.get({ id }) ?? null
  }

  /** Those with these bytes, the ones that are not deleted first. */
  ofObject(sha256: string): ListedVideo[] {
    return this.#ofObject.all({ sha256 })
  }

  /** Every file that the rows promise, by its name in the video's folder. */
  filesOf({ id, poster, sprite, preview }: ListedVideo): string[] {
    return [
      // The index is made before the first picture.
      ...(poster > 0 ? ['frames', 'poster.jpg'] : []),
      ...(sprite === null ? [] : ['sprite.jpg']),
      ...(preview === null ? [] : ['preview']),
      ...this.#scenes.idsOf(id).map((sceneId) => `scenes/${sceneId}.jpg`),
    ]
  }
}
