import {
  addAlbumItem,
  createAlbum,
  deleteAlbum,
  EngineError,
  getAlbum,
  listAlbums,
  openAlbumItem,
  removeAlbumItem,
  reorderAlbum,
  restoreAlbum,
  type StoredFile,
  updateAlbum,
  updateAlbumItem,
} from '../../contract/index.ts'
import type { Files } from '../library/index.ts'
import type { Operations } from '../operations.ts'
import type { Albums } from './albums.ts'
import { hasMedia, type ShownItem } from './item-view.ts'

/** Answers the operations of contract/album.ts. */
export function implementAlbums(operations: Operations, albums: Albums, files: Files): void {
  operations
    .implement(createAlbum, (facts, { caller }) => albums.create(facts, caller))
    .implement(listAlbums, (page, { caller }) => albums.list(page, caller))
    .implement(getAlbum, ({ albumId, offset, limit = null }, { caller }) =>
      albums.get(albumId, caller, { offset, limit }),
    )
    .implement(updateAlbum, ({ albumId, ...change }, { caller }) => albums.update(albumId, change, caller))
    .perform(deleteAlbum, ({ albumId }, { caller }) => albums.delete(albumId, caller))
    .implement(restoreAlbum, ({ albumId }, { caller }) => albums.restore(albumId, caller))
    .implement(addAlbumItem, ({ albumId, ...item }, { caller }) => albums.items.add(albumId, item, caller))
    .implement(updateAlbumItem, ({ albumId, itemId, caption }, { caller }) =>
      albums.items.setCaption(albumId, itemId, caption, caller),
    )
    .perform(removeAlbumItem, ({ albumId, itemId }, { caller }) => albums.items.remove(albumId, itemId, caller))
    .perform(reorderAlbum, ({ albumId, itemOrders }, { caller }) => albums.items.reorder(albumId, itemOrders, caller))
    .implement(openAlbumItem, ({ albumId, itemId, which }, { caller }) =>
      open(albums.items.find(albumId, itemId, caller), which, files),
    )
}

async function open(item: ShownItem, which: 'media' | 'thumbnail', files: Files): Promise<StoredFile> {
  if (item.row.media_type === 'photo') return await files.sceneThumbnail(item.row.media_id)
  if (which === 'thumbnail') return await files.derived(item.row.video_id, 'poster')
  if (!hasMedia(item)) throw new EngineError('not_found', 'This video does not play here yet.')
  return await files.play(item.row.video_id)
}
