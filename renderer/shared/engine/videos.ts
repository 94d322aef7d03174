import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { EngineError, getVideo, getVideos, type Video, VIDEOS_AT_ONCE } from '../../../main/contract/index.ts'
import { engine } from './client.ts'
import { queryClient } from './queries.ts'

/** A video that nobody looks at is forgotten after so long, milliseconds: whoever scrolls passes thousands. */
const KEPT_MS = 60_000

const keyOf = (videoId: string) => ['videos', getVideo.name, { videoId }] as const

interface Asked {
  readonly resolve: (video: Video) => void
  readonly reject: (error: unknown) => void
}

/** Those asked for since the engine was asked last. */
const waiting = new Map<string, Asked>()

/** One of many videos in sight: those that are asked for together are fetched together. */
export function useVideo(videoId: string | null): UseQueryResult<Video, EngineError> {
  return useQuery<Video, EngineError>({
    queryKey: keyOf(videoId ?? ''),
    queryFn: () => fetchWithOthers(videoId ?? ''),
    enabled: videoId !== null,
    gcTime: KEPT_MS,
  })
}

/** What is known of a video without asking the engine. */
export function knownVideo(videoId: string): Video | undefined {
  return queryClient.getQueryData<Video>(keyOf(videoId))
}

function fetchWithOthers(videoId: string): Promise<Video> {
  return new Promise((resolve, reject) => {
    if (waiting.size === 0) setTimeout(fetchWaiting)
    waiting.set(videoId, { resolve, reject })
  })
}

function fetchWaiting(): void {
  const asked = [...waiting]
  waiting.clear()
  for (let from = 0; from < asked.length; from += VIDEOS_AT_ONCE) {
    void fetchSome(asked.slice(from, from + VIDEOS_AT_ONCE))
  }
}

async function fetchSome(asked: readonly (readonly [videoId: string, asked: Asked])[]): Promise<void> {
  try {
    const { videos } = await engine.run(getVideos, { videoIds: asked.map(([videoId]) => videoId) })
    const byId = new Map(videos.map((video) => [video.videoId, video]))
    for (const [videoId, { resolve, reject }] of asked) {
      const video = byId.get(videoId)
      if (video) resolve(video)
      else reject(new EngineError('not_found', 'There is no such video.'))
    }
  } catch (error) {
    for (const [, { reject }] of asked) reject(error)
  }
}
