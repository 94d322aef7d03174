import { navigate } from 'wouter/use-hash-location'
import {
  addAlbumItem,
  type Album,
  type AlbumItem,
  type AlbumSummary,
  asEngineError,
  createAlbum,
  deleteAlbum,
  EngineError,
  getAlbum,
  removeAlbumItem,
  reorderAlbum,
  restoreAlbum,
  updateAlbumItem,
} from '../../../main/contract/index.ts'
import { engine } from '../../shared/engine/client.ts'
import { foresee, queryClient } from '../../shared/engine/queries.ts'
import { toastDone, toastError } from '../../shared/ui/toast.tsx'
import { undoable } from '../../shared/ui/undo.ts'
import { type Media, mediaOfItem, namedMedia } from '../../shared/media/media.ts'
import { sameOrder } from './order.ts'
import { albumPath } from './paths.ts'

type Named = Pick<AlbumSummary, 'albumId' | 'title'>

export function openAlbum({ albumId }: Pick<AlbumSummary, 'albumId'>): void {
  navigate(albumPath(albumId))
}

/** Makes an album and puts media into it. */
export async function createWith(title: string, media: readonly Media[]): Promise<void> {
  try {
    const album = await engine.run(createAlbum, { title })
    await addToAlbum(album, media)
  } catch (error) {
    toastError(`The album was not created. ${asEngineError(error).message}`)
    await refresh()
  }
}

/** Takes an album away, not what is in it, and offers the way back. */
export async function removeAlbum({ albumId, title }: Named): Promise<void> {
  try {
    await engine.run(deleteAlbum, { albumId })
    undoable(`Deleted “${title}”. Its videos stay in the library.`, async () => {
      await engine.run(restoreAlbum, { albumId })
      toastDone(`Restored “${title}”.`)
      await refresh()
    })
  } catch (error) {
    toastError(`The album was not deleted. ${asEngineError(error).message}`)
  } finally {
    await refresh()
  }
}

/**
 * Puts media into an album, in their order, and says what became of it.
 * @param options.at where the first one goes, counted from 0; at the end when not said.
 * @param options.inSight whether the album is on screen, where everybody sees what comes in.
 */
export async function addToAlbum(
  album: Named,
  media: readonly Media[],
  { at, inSight = false }: { at?: number; inSight?: boolean } = {},
): Promise<void> {
  const { added, failures, already } = await addEach(album.albumId, media, at)
  await refresh()
  if (added.length > 0) {
    const rest = already > 0 ? ` ${already === 1 ? '1 was' : `${already} were`} in it already.` : ''
    const done = `Added ${namedMedia(added)} to “${album.title}”.${rest}`
    undoable(inSight && already === 0 ? null : done, async () => {
      for (const { itemId } of added) await engine.run(removeAlbumItem, { albumId: album.albumId, itemId })
      await refresh()
    })
  } else if (already > 0 && failures.length === 0) {
    toastDone(`${capital(namedMedia(media))} ${media.length === 1 ? 'is' : 'are'} in “${album.title}” already.`)
  }
  for (const message of failures) toastError(`Not added: ${message}`)
}

async function addEach(albumId: string, media: readonly Media[], at: number | undefined) {
  const added: AlbumItem[] = []
  const failures: string[] = []
  let already = 0
  // One after the other: their order is the album's.
  for (const { mediaType, mediaId, title } of media) {
    const order = at === undefined ? {} : { order: at + added.length }
    try {
      added.push(await engine.run(addAlbumItem, { albumId, mediaType, mediaId, ...order }))
    } catch (error) {
      if (error instanceof EngineError && error.code === 'conflict') already += 1
      else failures.push(`“${title}”. ${asEngineError(error).message}`)
    }
  }
  return { added, failures, already }
}

/** Takes items out of an album, not out of the library, and offers the way back to where they were. */
export async function removeItems({ albumId }: Pick<Album, 'albumId'>, items: readonly AlbumItem[]): Promise<void> {
  const removed: AlbumItem[] = []
  try {
    for (const item of items) {
      await engine.run(removeAlbumItem, { albumId, itemId: item.itemId })
      removed.push(item)
    }
  } catch (error) {
    toastError(`The item was not removed. ${asEngineError(error).message}`)
  }
  await refresh()
  if (removed.length === 0) return
  undoable(`Removed ${namedMedia(removed)} from this album.`, async () => {
    // In ascending order each finds its old place.
    for (const item of removed.toSorted((one, other) => one.order - other.order)) {
      const { mediaType, mediaId } = mediaOfItem(item)
      await engine.run(addAlbumItem, { albumId, mediaType, mediaId, caption: item.caption, order: item.order })
    }
    await refresh()
  })
}

/** Puts the items of an album in another order; seen at once. */
export async function reorder(album: Pick<Album, 'albumId' | 'items'>, order: readonly string[]): Promise<void> {
  const before = album.items.map(({ itemId }) => itemId)
  if (sameOrder(before, order)) return
  if (await applyOrder(album.albumId, order)) {
    undoable(null, async () => {
      await applyOrder(album.albumId, before)
    })
  }
}

/** @returns whether it was done. */
async function applyOrder(albumId: string, order: readonly string[]): Promise<boolean> {
  await foresee('albums', getAlbum, { albumId }, (album) => ({ ...album, items: inOrder(album.items, order) }))
  try {
    await engine.run(reorderAlbum, { albumId, itemOrders: order.map((itemId, place) => ({ itemId, order: place })) })
    return true
  } catch (error) {
    toastError(`The order was not changed. ${asEngineError(error).message}`)
    return false
  } finally {
    await refresh()
  }
}

function inOrder(items: readonly AlbumItem[], order: readonly string[]): AlbumItem[] {
  const places = new Map(order.map((id, place) => [id, place]))
  const place = ({ itemId, order: old }: AlbumItem): number => places.get(itemId) ?? order.length + old
  return items.toSorted((one, other) => place(one) - place(other)).map((item, index) => ({ ...item, order: index }))
}

/** Writes something below an item; nothing leaves its title to stand alone. */
export async function writeCaption(
  albumId: string,
  { itemId, caption: before }: AlbumItem,
  text: string,
): Promise<void> {
  const caption = text.trim() === '' ? null : text.trim()
  if (caption === before) return
  const write = async (words: string | null): Promise<void> => {
    await foresee('albums', getAlbum, { albumId }, (album) => ({
      ...album,
      items: album.items.map((item) => (item.itemId === itemId ? { ...item, caption: words } : item)),
    }))
    await engine.run(updateAlbumItem, { albumId, itemId, caption: words }).finally(refresh)
  }
  try {
    await write(caption)
    undoable(null, () => write(before))
  } catch (error) {
    toastError(`The caption was not changed. ${asEngineError(error).message}`)
  }
}

async function refresh(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['albums'] })
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
