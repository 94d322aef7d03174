import { useLocation } from 'wouter'
import {
  asEngineError,
  deleteVideo,
  queueAnalysis,
  restoreVideo,
  retryJob,
  type Video,
  type VideoActivity,
} from '../../../main/contract/index.ts'
import { useAct } from '../engine/queries.ts'
import { toastDone, toastError } from '../ui/toast.tsx'

/** What can be done to a video as a whole. What fails says so; what can be undone offers it. */
export function useVideoActions({ videoId, title }: Video) {
  const [, navigate] = useLocation()
  const queue = useAct(queueAnalysis, 'videos')
  const retry = useAct(retryJob, 'videos')
  const removal = useAct(deleteVideo, 'videos')
  const restoring = useAct(restoreVideo, 'videos')

  const restore = (): void => {
    restoring.mutateAsync({ videoId }).then(() => toastDone(`“${title}” is back in the library.`), tell)
  }
  const remove = (): void => {
    // This page is about a video that is going: it leaves first, so that it does not report it missing.
    navigate('/')
    removal.mutateAsync({ videoId }).then(() => toastDone(`Deleted “${title}”.`, { run: restore }), tell)
  }
  return {
    remove,
    findScenes: () => queue.mutate({ mediaId: videoId }, { onError: tell }),
    retry: ({ jobId }: VideoActivity) => retry.mutate({ jobId, mediaId: videoId }, { onError: tell }),
    retrying: retry.isPending,
  }
}

function tell(error: unknown): void {
  toastError(asEngineError(error).message)
}
