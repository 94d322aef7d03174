import { navigate } from 'wouter/use-hash-location'
import type { Video } from '../../../main/contract/index.ts'
import { knownVideo } from '../../shared/engine/videos.ts'
import type { VideoRef } from '../../shared/media/media.ts'
import { videoPath } from '../../shared/navigation/paths.ts'
import { useSelection } from './selection.ts'

export function openVideo({ videoId }: Pick<Video, 'videoId'>): void {
  // Whoever comes back finds the keyboard where it was.
  useSelection.getState().activate(videoId)
  navigate(videoPath(videoId))
}

/** A video by its title, as far as that is known: it is of every one that was in sight. */
export function refOf(videoId: string): VideoRef {
  return { videoId, title: knownVideo(videoId)?.title ?? '' }
}
