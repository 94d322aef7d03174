import { useMutation } from '@tanstack/react-query'
import {
  type AnalysisJob,
  applySceneSettings,
  type EngineError,
  getAnalysisJob,
  listScenes,
  type SceneSettings,
  setSceneSettings,
  type Video,
} from '../../../../main/contract/index.ts'
import { engine } from '../../../shared/engine/client.ts'
import { queryClient } from '../../../shared/engine/queries.ts'
import { count } from '../../../shared/format/size.ts'
import { toastDone, toastError } from '../../../shared/ui/toast.tsx'

/** What a video is cut by: settings of its own, or null for the library's. The library's change only where given. */
export interface Wish {
  readonly own: SceneSettings | null
  readonly library?: SceneSettings
}

const LOOK_EVERY_MS = 400

/** Detects a video's scenes with other settings; says so once it is done, on any page, and offers to undo. */
export function useApply({ videoId, title }: Video, onQueued: () => void) {
  const apply = async ({ own, library }: Wish): Promise<AnalysisJob> => {
    try {
      if (library) await engine.run(setSceneSettings, library)
      return await engine.run(applySceneSettings, { videoId, settings: own })
    } finally {
      await Promise.all(
        ['videos', 'sceneSettings'].map((topic) => queryClient.invalidateQueries({ queryKey: [topic] })),
      )
    }
  }
  const tell = async (queued: AnalysisJob, undo?: () => void): Promise<void> => {
    const job = await ended(queued)
    if (job.status === 'failed') toastError(`“${title}” keeps its scenes. ${job.errorMessage ?? ''}`)
    if (job.status !== 'completed') return
    const { scenes } = await engine.run(listScenes, { videoId })
    toastDone(`“${title}” now has ${count(scenes.length, 'scene')}.`, undo && { run: undo })
  }
  const fail = (what: string) => (failure: unknown) =>
    toastError(`${what} ${failure instanceof Error ? failure.message : String(failure)}`)
  const { mutate, isPending, error } = useMutation<AnalysisJob, EngineError, { wish: Wish; back: Wish }>({
    mutationFn: ({ wish }) => apply(wish),
    onSuccess: (job, { back }) => {
      onQueued()
      const undo = (): void => {
        apply(back).then(tell).catch(fail('It could not be undone.'))
      }
      tell(job, undo).catch(fail('It is not known whether the scenes changed.'))
    },
  })
  return { apply: mutate, applying: isPending, error }
}

/** The job when it runs no more. */
async function ended(job: AnalysisJob): Promise<AnalysisJob> {
  let now = job
  while (now.status === 'pending' || now.status === 'processing') {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    now = await engine.run(getAnalysisJob, { jobId: job.jobId })
  }
  return now
}
