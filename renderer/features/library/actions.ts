import { navigate } from 'wouter/use-hash-location'
import { queueAnalysis, retryJob, type Video, type VideoActivity } from '../../../main/contract/index.ts'
import { videoPath } from '../../shared/navigation/paths.ts'
import { engine } from '../../shared/engine/client.ts'
import { queryClient } from '../../shared/engine/queries.ts'
import { toastDone, toastError } from '../../shared/ui/toast.tsx'
import { named } from './deletion.ts'
import { useSelection } from './selection.ts'

export function openVideo({ videoId }: Pick<Video, 'videoId'>): void {
  // Whoever comes back finds the keyboard where it was.
  useSelection.getState().activate(videoId)
  navigate(videoPath(videoId))
}

/** Queues the analysis of each video anew; the scenes there are stay until new ones are found. */
export async function findScenesAgain(videos: readonly Video[]): Promise<void> {
  try {
    await Promise.all(videos.map(({ videoId }) => engine.run(queueAnalysis, { mediaId: videoId })))
    toastDone(`Finding scenes of ${named(videos)} again.`)
  } catch (error) {
    toastError(`Scenes are not looked for. ${(error as Error).message}`)
  } finally {
    await queryClient.invalidateQueries({ queryKey: ['videos'] })
  }
}

/** Runs a failed job again. */
export async function retry({ videoId }: Video, { jobId, kind }: VideoActivity): Promise<void> {
  try {
    await engine.run(retryJob, { jobId, mediaId: videoId })
  } catch (error) {
    toastError(`The ${kind} was not started again. ${(error as Error).message}`)
  } finally {
    await queryClient.invalidateQueries({ queryKey: ['videos'] })
  }
}
