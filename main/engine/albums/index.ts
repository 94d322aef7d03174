export { Albums } from './albums.ts'
export { albumsModule } from './module.ts'
