import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { type Album, EngineError, getAlbum, Id } from '../../../contract/index.ts'
import type { Caller, Operations } from '../../../engine/operations.ts'
import { albumPage, missingPage, PAGE_POLICY } from './page.ts'

/** Visitors are anonymous, also with a key: they see what everybody sees. */
const ANYBODY: Caller = { door: 'public', userId: null, scopes: new Set() }
const ITEMS_A_PAGE = 200

const Link = z.object({ albumId: Id, page: z.coerce.number().int().min(1).max(10_000).catch(1) })

/**
 * Serves every album that is public or unlisted as a page for browsers, at its `sharePath`. It only reads, runs nothing
 * but its own script, and works without that one too: its links lead to the media themselves.
 */
export function serveAlbumPages(app: FastifyInstance, operations: Operations): void {
  const serve = async (asked: object, reply: FastifyReply): Promise<unknown> => {
    const album = await sharedAlbum(operations, asked)
    reply.headers({
      'Content-Security-Policy': PAGE_POLICY,
      'X-Robots-Tag': 'noindex, nofollow',
      // Gone at once when it is not shared any more.
      'Cache-Control': 'private, no-store',
    })
    reply.type('text/html; charset=utf-8')
    if (!album) return await reply.code(404).send(missingPage())
    const pages = Math.max(1, Math.ceil(album.itemCount / ITEMS_A_PAGE))
    // The album has become shorter than the link believes.
    if (album.page > pages) return await reply.redirect(`/albums/${album.albumId}`)
    return await reply.send(albumPage(album, { page: album.page, pages }))
  }
  for (const url of ['/albums/:albumId', '/albums/:albumId/']) {
    app.get(url, ({ params, query }, reply) => serve({ ...(query as object), ...(params as object) }, reply))
  }
}

/** LI-42 */
async function sharedAlbum(operations: Operations, asked: object): Promise<(Album & { page: number }) | null> {
  const link = Link.safeParse(asked)
  if (!link.success) return null
  const { albumId, page } = link.data
  const range = { offset: (page - 1) * ITEMS_A_PAGE, limit: ITEMS_A_PAGE }
  const call = { signal: new AbortController().signal, caller: ANYBODY }
  try {
    return { ...(await operations.run(getAlbum, { albumId: albumId.toLowerCase(), ...range }, call)), page }
  } catch (error) {
    if (error instanceof EngineError && HIDDEN.has(error.code)) return null
    throw error
  }
}

const HIDDEN: ReadonlySet<string> = new Set(['not_found', 'unauthenticated', 'forbidden'])
