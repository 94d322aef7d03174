import { defineCapability } from '../capability.ts'
import { EVERY_MINUTE } from '../chores.ts'
import { eventsModule } from '../events/index.ts'
import { identityModule } from '../identity/index.ts'
import { libraryModule } from '../library/index.ts'
import { SceneReader } from '../scenes/index.ts'
import { Albums } from './albums.ts'
import { implementAlbums } from './handlers.ts'

export const albumsModule = defineCapability({
  name: 'albums',
  create: ({ database, runningClock: { now }, changes, use }) => {
    const { identity } = use(identityModule)
    const { events } = use(eventsModule)
    const { files, media } = use(libraryModule)
    const scenes = new SceneReader(database)
    const albums = new Albums({
      database,
      identity,
      media,
      scenes,
      events,
      now,
      onChange: (albumId) => changes.publish('albums', { albumId }),
    })
    return {
      operations: (operations) => implementAlbums(operations, albums, files),
      chores: [{ name: 'deleted albums', everyMs: EVERY_MINUTE, run: () => albums.purge() }],
      titles: { album: (id) => albums.titleOf(id) },
      recover: () => albums.purge(),
    }
  },
})
