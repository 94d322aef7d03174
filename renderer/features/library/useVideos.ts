import { useQueries, type UseQueryResult } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { z } from 'zod'
import { type EngineError, listVideos, type Video } from '../../../main/contract/index.ts'
import { engine } from '../../shared/engine/client.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { useView, useVisit } from './view.ts'

const PAGE = 200

type Page = z.output<typeof listVideos.output>

export interface LoadedVideos {
  /** Those asked for so far, in order. */
  readonly videos: readonly Video[]
  /** All that match the search, loaded or not. */
  readonly total: number
  readonly complete: boolean
  readonly isPending: boolean
  readonly error: EngineError | null
  readonly retry: () => void
  /** Asks for the next page, when there is one and none is on its way. */
  readonly loadMore: () => void
  /** Says which videos are in sight: only their pages are kept fresh, however many are loaded. */
  readonly keepFresh: (first: string | undefined, last: string | undefined) => void
}

/** The library's videos by the search and order of the moment, page by page as far as somebody scrolled. */
export function useVideos(): LoadedVideos {
  const sort = useView((view) => view.sort)
  const search = useVisit((visit) => visit.search)
  const pageCount = useVisit((visit) => visit.pageCount)
  const [from, to] = useVisit((visit) => visit.pagesInSight)
  const first = useEngine('videos', listVideos, { search, sort, offset: 0, limit: PAGE }, { keepPrevious: true })
  const rest = useQueries({
    queries: Array.from({ length: pageCount - 1 }, (_, index) => {
      const page = index + 1
      const input = { search, sort, offset: page * PAGE, limit: PAGE } as const
      return {
        queryKey: ['videos', listVideos.name, input],
        queryFn: () => engine.run(listVideos, input),
        // A page out of sight keeps what it has; the newest one is always wanted.
        enabled: (page >= from && page <= to) || page === pageCount - 1,
      }
    }),
    combine: joined,
  })
  const videos = useMemo(() => unique([first.data, ...rest.pages]), [first.data, rest.pages])
  const total = first.data?.total ?? 0
  const complete = pageCount * PAGE >= total
  return {
    videos: videos.list,
    total,
    complete,
    isPending: first.isPending,
    error: first.error ?? rest.error,
    retry: () => void Promise.all([first.refetch(), rest.retry()]),
    loadMore: () => {
      if (!complete && !first.isFetching && !rest.isFetching) useVisit.setState({ pageCount: pageCount + 1 })
    },
    keepFresh: (firstSeen, lastSeen) => {
      const pages = [videos.pageOf(firstSeen), videos.pageOf(lastSeen)] as const
      if (pages[0] !== from || pages[1] !== to) useVisit.setState({ pagesInSight: pages })
    },
  }
}

function joined(results: UseQueryResult<Page>[]) {
  return {
    pages: results.map(({ data }) => data),
    isFetching: results.some(({ isPending }) => isPending),
    error: (results.find(({ error }) => error)?.error ?? null) as EngineError | null,
    retry: () => Promise.all(results.filter(({ error }) => error).map(({ refetch }) => refetch())),
  }
}

/** One list of the pages. What moved from one page to another while only one of them was asked again is shown once. */
function unique(pages: readonly (Page | undefined)[]) {
  const pageById = new Map<string, number>()
  const list: Video[] = []
  for (const [page, data] of pages.entries()) {
    for (const video of data?.videos ?? []) {
      if (pageById.has(video.videoId)) continue
      pageById.set(video.videoId, page)
      list.push(video)
    }
  }
  return { list, pageOf: (id: string | undefined): number => (id === undefined ? 0 : (pageById.get(id) ?? 0)) }
}
