import { navigate } from 'wouter/use-hash-location'
import type { Video } from '../../../main/contract/index.ts'
import { videoPath } from '../../shared/navigation/paths.ts'
import { useSelection } from './selection.ts'

export function openVideo({ videoId }: Pick<Video, 'videoId'>): void {
  // Whoever comes back finds the keyboard where it was.
  useSelection.getState().activate(videoId)
  navigate(videoPath(videoId))
}
