import type { Query, QueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { type Change, getVideo, listVideos, type Video } from '../../../main/contract/index.ts'
import { engine } from './client.ts'

type Page = z.output<typeof listVideos.output>

/** Whether a query is a page of videos, which a change of one of them need not make stale. */
export function isVideoList({ queryKey: [topic, name] }: Query): boolean {
  return topic === 'videos' && name === listVideos.name
}

/** The only video that a change is about, where it says so. */
export function changedVideo({ topic, ids }: Change): string | null {
  return topic === 'videos' && typeof ids['videoId'] === 'string' ? ids['videoId'] : null
}

/**
 * Puts the changed video into the pages that hold it: an import changes each video many times, and a page has hundreds. Where
 * it may have moved, come or gone the pages are asked for again.
 */
export async function refreshVideo(client: QueryClient, videoId: string): Promise<void> {
  if (client.getQueryCache().findAll({ predicate: isVideoList }).length === 0) return
  const video = await engine.run(getVideo, { videoId }).catch(() => null)
  if (!video || !replaceIn(client, video)) await client.invalidateQueries({ predicate: isVideoList })
}

/** @returns false where the pages have to be asked for again. */
function replaceIn(client: QueryClient, video: Video): boolean {
  const lists = client.getQueryCache().findAll({ predicate: isVideoList })
  // An answer that is on its way may be older; and what is stale already must stay so.
  if (lists.some(({ state }) => state.fetchStatus === 'fetching')) return false
  const holding = lists.flatMap(({ queryKey, state }) => {
    const page = state.data as Page | undefined
    const at = page?.videos.findIndex(({ videoId }) => videoId === video.videoId) ?? -1
    const before = page?.videos[at]
    return page && before ? [{ queryKey, page, at, before, isStale: state.isInvalidated }] : []
  })
  if (holding.length === 0 || holding.some(({ before }) => hasMoved(before, video))) return false
  for (const { queryKey, page, at, isStale } of holding) {
    if (!isStale) client.setQueryData<Page>(queryKey, { ...page, videos: page.videos.with(at, video) })
  }
  return true
}

/** Whether it may have another place in some order, belong to another search, or change a sum. */
function hasMoved(before: Video, now: Video): boolean {
  return (
    before.title !== now.title ||
    before.createdAt !== now.createdAt ||
    before.metadata.durationSeconds !== now.metadata.durationSeconds
  )
}
