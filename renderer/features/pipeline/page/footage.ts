import { getVideo, type Task, type Video } from '../../../../main/contract/index.ts'
import { mediaUrl } from '../../../shared/engine/bridge.ts'
import { useEngine } from '../../../shared/engine/queries.ts'
import type { PlayedFrames } from '../../../shared/player/playback-state.ts'
import { useFrames } from '../../../shared/player/useFrames.ts'
import { taskVideoUrl } from '../media.ts'

/** What a task's page plays. */
export interface Footage {
  /** undefined while nothing can play: then single pictures are shown. */
  readonly source: string | undefined
  /** null while frames are not counted. */
  readonly frames: PlayedFrames | null
  /** The video of the library it is; null for one from elsewhere, or one that was deleted. */
  readonly video: Video | null
  /** Pixels as displayed; null while unknown. */
  readonly size: { readonly width: number; readonly height: number } | null
  /** Seconds; null while unknown. */
  readonly duration: number | null
  readonly frameRate: number | null
}

/** The video of a task: the library's where it is there, else the copy that the task looks at. */
export function useFootage(task: Task): Footage {
  const { mediaId } = task
  const { data: video, error } = useEngine(
    'videos',
    getVideo,
    { videoId: mediaId ?? '' },
    { enabled: mediaId !== null },
  )
  const frames = useFrames({ videoId: mediaId ?? '', playableUrl: video?.playableUrl ?? null })
  const elsewhere = mediaId === null || error?.code === 'not_found'
  const own = task.video !== null ? taskVideoUrl(task.taskId) : undefined
  return {
    source: elsewhere ? own : mediaUrl(video?.playableUrl),
    frames,
    video: video ?? null,
    size: sizeOf(task, video),
    duration: video?.metadata.durationSeconds ?? task.video?.durationSeconds ?? null,
    frameRate: video?.metadata.frameRate ?? task.video?.fps ?? null,
  }
}

function sizeOf(task: Task, video: Video | undefined): Footage['size'] {
  const { width, height } = task.video ?? video?.metadata ?? { width: null, height: null }
  return width === null || height === null ? null : { width, height }
}
