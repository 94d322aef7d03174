import { useQuery } from '@tanstack/react-query'
import { type AlbumSummary, type EngineError, listAlbums } from '../../../../main/contract/index.ts'
import { engine } from '../../../shared/engine/client.ts'

/** Albums of one question. */
const PAGE = 100

/** All albums, the newest first. There are hundreds rather than thousands: they are asked for to the end. */
export function useAlbums(options: { enabled?: boolean } = {}) {
  return useQuery<readonly AlbumSummary[], EngineError>({
    queryKey: ['albums', listAlbums.name, 'all'],
    queryFn: ({ signal }) => allAlbums(signal),
    ...options,
  })
}

async function allAlbums(signal: AbortSignal): Promise<readonly AlbumSummary[]> {
  const byId = new Map<string, AlbumSummary>()
  let total = Infinity
  for (let offset = 0; offset < total; offset += PAGE) {
    const page = await engine.run(listAlbums, { offset, limit: PAGE }, signal)
    // One that is made meanwhile pushes another onto the next page: each is shown once.
    for (const album of page.albums) byId.set(album.albumId, album)
    total = page.total
  }
  return [...byId.values()]
}
