import { useQuery } from '@tanstack/react-query'
import { FrameIndex, getFrames, getVideo, type Video } from '../../../../main/contract/index.ts'
import { engine } from '../../../shared/engine/client.ts'
import { useEngine } from '../../../shared/engine/queries.ts'

export interface ChosenVideo {
  /** null for one from elsewhere, or while it is asked for. */
  readonly video: Video | null
  /** null until its frames are counted. */
  readonly frames: FrameIndex | null
  /** The library has no such video. */
  readonly missing: boolean
}

/** What is known of the video that a task is to look at. */
export function useChosenVideo(mediaId: string | null): ChosenVideo {
  const enabled = mediaId !== null
  const { data, error } = useEngine('videos', getVideo, { videoId: mediaId ?? '' }, { enabled })
  const { data: frames } = useQuery({
    queryKey: ['frame index', mediaId],
    enabled,
    queryFn: async () => {
      const { packed } = await engine.run(getFrames, { videoId: mediaId ?? '' })
      return FrameIndex.unpack(Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0)))
    },
  })
  return { video: data ?? null, frames: frames ?? null, missing: error?.code === 'not_found' }
}
