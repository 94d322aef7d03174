import { z } from 'zod'
import * as contract from '../../../../contract/index.ts'
import { fileRoute } from '../../file-route.ts'
import { readRequest, route, silentRoute, type Route } from '../../route.ts'
import { albumRoute } from './album-route.ts'
import * as wire from './album-wire.ts'
import { PageQuery, pageOf } from '../wire.ts'

const params = wire.AlbumPath
const item = wire.ItemPath
/** LI-43 */
const USUAL_PAGE = 20
const listed = { query: PageQuery }
const OPEN = 'Needs no key while the album is public or unlisted; a private one is its owner’s.'
/** Asked about again every time: an album that becomes private is closed at once. */
const REVALIDATED = 'private, no-cache'

/** Where a link leads to the bytes alone, a browser shows them in a page of its own making. */
const SHOWN_ALONE =
  "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"

function bytes(id: string, which: 'media' | 'thumbnail', contentType: string, summary: string): Route {
  const served = fileRoute({
    id,
    path: `/albums/:album_id/items/:item_id/${which}`,
    operation: contract.openAlbumItem,
    request: { params: item, query: z.object({ v: z.string().optional().describe('Changes when the picture does.') }) },
    summary,
    access: OPEN,
    contentType,
    cacheControl: REVALIDATED,
    toInput: ({ params: { album_id, item_id } }) => ({ albumId: album_id, itemId: item_id, which }),
  })
  return {
    ...served,
    serve: (exchange) => {
      exchange.reply.header('Content-Security-Policy', SHOWN_ALONE)
      return served.serve(exchange)
    },
  }
}

export const albumRoutes: readonly Route[] = [
  albumRoute({
    method: 'POST',
    id: 'createAlbum',
    path: '/albums/',
    operation: contract.createAlbum,
    request: { body: wire.CreateAlbumBody },
    status: 201,
    toInput: ({ body }) => wire.creationToInput(body),
  }),
  route({
    method: 'GET',
    id: 'listAlbums',
    path: '/albums/',
    operation: contract.listAlbums,
    request: listed,
    response: wire.AlbumListBody,
    toInput: ({ query }) => {
      const { offset, limit } = pageOf(query, USUAL_PAGE)
      return { offset, limit }
    },
    toWire: ({ albums, total }, { request, baseUrl }) => {
      const { page, limit } = pageOf(readRequest(listed, request).query, USUAL_PAGE)
      return { albums: albums.map((album) => wire.summaryToWire(album, baseUrl)), total, page, page_size: limit }
    },
  }),
  albumRoute({
    method: 'GET',
    id: 'getAlbum',
    path: '/albums/:album_id',
    operation: contract.getAlbum,
    request: { params, query: PageQuery },
    access: OPEN,
    toInput: ({ params: { album_id }, query }) => ({
      albumId: album_id,
      ...(Object.values(query).some((part) => part !== undefined) ? partOf(query) : {}),
    }),
  }),
  albumRoute({
    method: 'PUT',
    id: 'updateAlbum',
    path: '/albums/:album_id',
    operation: contract.updateAlbum,
    request: { params, body: wire.UpdateAlbumBody },
    toInput: ({ params: { album_id }, body }) => ({ albumId: album_id, ...wire.changeToInput(body) }),
  }),
  silentRoute({
    method: 'DELETE',
    id: 'deleteAlbum',
    path: '/albums/:album_id',
    operation: contract.deleteAlbum,
    request: { params },
    toInput: ({ params: { album_id } }) => ({ albumId: album_id }),
  }),
  route({
    method: 'POST',
    id: 'addAlbumItem',
    path: '/albums/:album_id/items',
    operation: contract.addAlbumItem,
    request: { params, body: wire.AddItemBody },
    status: 201,
    response: wire.ItemBody,
    failures: ['conflict'],
    toInput: ({ params: { album_id }, body }) => ({
      ...{ albumId: album_id, mediaType: body.media_type, mediaId: body.media_id, caption: body.caption ?? null },
      ...(body.order == null ? {} : { order: body.order }),
    }),
    toWire: (added, { baseUrl }) => wire.itemToWire(added, baseUrl),
  }),
  route({
    method: 'PATCH',
    id: 'updateAlbumItem',
    path: '/albums/:album_id/items/:item_id',
    operation: contract.updateAlbumItem,
    request: { params: item, body: wire.CaptionBody },
    response: wire.ItemBody,
    toInput: ({ params: { album_id, item_id }, body }) => ({
      ...{ albumId: album_id, itemId: item_id, caption: body.caption },
    }),
    toWire: (changed, { baseUrl }) => wire.itemToWire(changed, baseUrl),
  }),
  silentRoute({
    method: 'DELETE',
    id: 'removeAlbumItem',
    path: '/albums/:album_id/items/:item_id',
    operation: contract.removeAlbumItem,
    request: { params: item },
    toInput: ({ params: { album_id, item_id } }) => ({ albumId: album_id, itemId: item_id }),
  }),
  silentRoute({
    method: 'POST',
    id: 'reorderAlbum',
    path: '/albums/:album_id/reorder',
    operation: contract.reorderAlbum,
    request: { params, body: wire.ReorderBody },
    toInput: ({ params: { album_id }, body }) => ({
      albumId: album_id,
      itemOrders: body.item_orders.map(({ item_id, order }) => ({ itemId: item_id.toLowerCase(), order })),
    }),
  }),
  bytes('getAlbumItemMedia', 'media', 'video/*', 'What plays an item of an album, or its picture.'),
  bytes('getAlbumItemThumbnail', 'thumbnail', 'image/jpeg', 'The picture of an item of an album.'),
]

function partOf(query: z.output<typeof PageQuery>): { offset: number; limit: number } {
  const { offset, limit } = pageOf(query, USUAL_PAGE)
  return { offset, limit }
}
