import pino from 'pino'
import { Events } from '../../main/engine/events/index.ts'
import { Albums } from '../../main/engine/albums/index.ts'
import { Identity } from '../../main/engine/identity/index.ts'
import { MediaReader } from '../../main/engine/library/index.ts'
import type { Caller } from '../../main/engine/operations.ts'
import { SceneReader } from '../../main/engine/scenes/index.ts'
import { schema } from '../../main/engine/schema.ts'
import { Database } from '../../main/platform/database/index.ts'

export interface FilledAlbums {
  readonly usual: string
  /** As many items as ten pages of the shared page. */
  readonly large: string
}

const USUAL_ITEMS = 40
const LARGE_ITEMS = 2000

/** Makes albums of the videos that are there, public ones of the library's owner; the first one is large. */
export async function fillAlbums(file: string, count: number): Promise<FilledAlbums> {
  const database = Database.open(file, schema)
  try {
    const identity = new Identity(database)
    const caller: Caller = {
      ...{ door: 'command', userId: identity.ownerId() },
      scopes: new Set(['read', 'write', 'admin']),
    }
    const [media, scenes] = [new MediaReader(database), new SceneReader(database)]
    const events = new Events({ database, log: pino({ level: 'silent' }) })
    const albums = new Albums({ database, identity, media, scenes, events, onChange: () => undefined })
    const videos = database.prepare<{ id: string }>('SELECT id FROM media').all()
    const made: string[] = []
    for (let number = 0; number < count; number += 1) {
      const { albumId } = await albums.create({ title: `Album ${number}`, visibility: 'public' }, caller)
      made.push(albumId)
      database.transaction(() => {
        for (let item = 0; item < (number === 0 ? LARGE_ITEMS : USUAL_ITEMS); item += 1) {
          const mediaId = videos[(number * 7 + item) % videos.length]?.id ?? ''
          albums.items.add(albumId, { mediaType: 'video', mediaId, caption: `Part ${item}` }, caller)
        }
      })
    }
    return { large: made[0] ?? '', usual: made.at(-1) ?? '' }
  } finally {
    database.close()
  }
}

/** The same of a library that was made before. */
export function findAlbums(file: string): FilledAlbums {
  const database = Database.openToRead(file)
  try {
    const ids = database.prepare<{ id: string }>('SELECT id FROM albums ORDER BY rowid').all()
    return { large: ids[0]?.id ?? '', usual: ids.at(-1)?.id ?? '' }
  } finally {
    database.close()
  }
}
