import { z } from 'zod'
import type { Album, AlbumItem, Operation } from '../../../../contract/index.ts'
import { readRequest, route, type RequestShape, type Route } from '../../route.ts'
import { AlbumBody, emptyAlbumToWire, ItemBody, itemToWire } from './album-wire.ts'

/** So many items are written at once; in between, others have their turn. */
const AT_ONCE = 100
const Items = z.array(ItemBody)

/** A route that answers with an album, which may have thousands of items. */
export function albumRoute<I extends z.ZodType, R extends RequestShape>(definition: {
  readonly method: Route['method']
  readonly id: string
  readonly path: string
  readonly operation: Operation<I, z.ZodType<Album>>
  readonly request: R
  readonly status?: 200 | 201
  readonly access?: string
  toInput(request: z.output<z.ZodObject<R>>): z.input<I>
}): Route {
  const { operation, request, status = 200, access } = definition
  return {
    ...route({ ...definition, response: AlbumBody, toWire: (album, { baseUrl }) => emptyAlbumToWire(album, baseUrl) }),
    ...(access === undefined ? {} : { access, failures: ['unauthenticated'] }),
    async serve(exchange) {
      const album = await exchange.run(operation, definition.toInput(readRequest(request, exchange.request)))
      const text = await writeAlbum(album, exchange.baseUrl)
      return await exchange.reply.code(status).type('application/json; charset=utf-8').send(text)
    },
  }
}

async function writeAlbum(album: Album, baseUrl: string): Promise<string> {
  const empty = JSON.stringify(AlbumBody.parse(emptyAlbumToWire(album, baseUrl)))
  const pieces: string[] = []
  for (let from = 0; from < album.items.length; from += AT_ONCE) {
    if (from > 0) await new Promise(setImmediate)
    pieces.push(writeItems(album.items.slice(from, from + AT_ONCE), baseUrl))
  }
  // Its items come last, in the brackets at its end.
  return `${empty.slice(0, -2)}${pieces.join(',')}]}`
}

/** Without the brackets. */
function writeItems(items: readonly AlbumItem[], baseUrl: string): string {
  return JSON.stringify(Items.parse(items.map((item) => itemToWire(item, baseUrl)))).slice(1, -1)
}
