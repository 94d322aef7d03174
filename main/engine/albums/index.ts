export { Albums } from './albums.ts'
export { implementAlbums } from './handlers.ts'
export { albumsModule } from './module.ts'
