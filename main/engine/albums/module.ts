import { defineCapability } from '../capability.ts'
import { EVERY_MINUTE } from '../chores.ts'
import { libraryModule } from '../library/index.ts'
import { Albums } from './albums.ts'
import { implementAlbums } from './handlers.ts'

export const albumsModule = defineCapability({
  name: 'albums',
  create: ({ database, runningClock, changes, use }) => {
    const { files } = use(libraryModule)
    const albums = new Albums({ database, now: runningClock.now, onChange: () => changes.tell('albums') })
    return {
      operations: (operations) => implementAlbums(operations, albums, files),
      chores: [{ name: 'deleted albums', everyMs: EVERY_MINUTE, run: () => albums.purge() }],
      titles: { album: (id) => albums.titleOf(id) },
      recover: () => albums.purge(),
    }
  },
})
