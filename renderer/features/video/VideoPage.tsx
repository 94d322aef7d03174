import { getVideo } from '../../../main/contract/index.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { OpenVideo } from './OpenVideo.tsx'
import { PageSkeleton } from './PageSkeleton.tsx'
import { MissingVideo, UnreadVideo } from './AbsentVideo.tsx'

/** The page of one video: its picture, its timeline, and what is known of it. */
export function VideoPage({ videoId }: { videoId: string }) {
  const { data: video, error, refetch } = useEngine('videos', getVideo, { videoId })
  if (error?.code === 'not_found') return <MissingVideo />
  if (video) return <OpenVideo video={video} />
  if (error) return <UnreadVideo message={error.message} onRetry={() => void refetch()} />
  return <PageSkeleton />
}
