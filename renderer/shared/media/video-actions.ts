import {
  asEngineError,
  deleteVideo,
  deleteVideos as deleteMany,
  queueAnalysis,
  restoreVideo,
  restoreVideos as restoreMany,
  retryJob,
  type Video,
  type VideoActivity,
} from '../../../main/contract/index.ts'
import { engine } from '../engine/client.ts'
import { queryClient } from '../engine/queries.ts'
import { count } from '../format/size.ts'
import { toastDone, toastError, toastProgress } from '../ui/toast.tsx'
import { undoable } from '../ui/undo.ts'
import type { VideoRef } from './media.ts'

/** Videos that go in one call: small enough that the number of those done moves. */
const LOT = 50

/** `“East gate site walk”`, or `3 videos` */
export function named(videos: readonly VideoRef[]): string {
  return videos.length === 1 ? `“${videos[0]?.title}”` : count(videos.length, 'video')
}

/** Queues scene detection for each video; the scenes there are stay until new ones are found. @returns whether it was. */
export async function findScenes(videos: readonly VideoRef[]): Promise<boolean> {
  const { failures } = await onEach(videos, (videoId) => engine.run(queueAnalysis, { mediaId: videoId }))
  tell('Scene detection did not start', failures)
  return failures.length === 0
}

/** Runs a failed job again. */
export async function retry(video: Video, { jobId, kind }: VideoActivity): Promise<void> {
  const { failures } = await onEach([video], (mediaId) => engine.run(retryJob, { jobId, mediaId }))
  tell(`The ${kind} was not started again`, failures)
}

/** Takes videos out of the library and offers the way back; the engine keeps what was deleted for 10 minutes. */
export async function deleteVideos(videos: readonly VideoRef[]): Promise<void> {
  const { done, failures } = await onLots(videos, 'Deleting', (videoIds) => {
    const [videoId, ...others] = videoIds
    // The audit log names one that goes alone.
    if (videoId !== undefined && others.length === 0) return alone(videoId, engine.run(deleteVideo, { videoId }))
    return engine.run(deleteMany, { videoIds: [...videoIds] })
  })
  if (done.length > 0) undoable(`Deleted ${named(done)}.`, () => restore(done))
  tell('Not deleted', failures)
}

async function restore(videos: readonly VideoRef[]): Promise<void> {
  const { done, failures } = await onLots(videos, 'Restoring', (videoIds) => {
    const [videoId, ...others] = videoIds
    if (videoId !== undefined && others.length === 0) return alone(videoId, engine.run(restoreVideo, { videoId }))
    return engine.run(restoreMany, { videoIds: [...videoIds] })
  })
  if (done.length > 0) toastDone(`Restored ${named(done)}.`)
  tell('Not restored', failures)
}

interface Outcome {
  readonly done: readonly string[]
  readonly failed: readonly { readonly videoId: string; readonly message: string }[]
}

async function alone(videoId: string, work: Promise<unknown>): Promise<Outcome> {
  try {
    await work
    return { done: [videoId], failed: [] }
  } catch (error) {
    return { done: [], failed: [{ videoId, message: asEngineError(error).message }] }
  }
}

/** Lot after lot, saying how far it is. After a lot that failed as a whole nothing more is tried. */
async function onLots(
  videos: readonly VideoRef[],
  doing: string,
  act: (videoIds: readonly string[]) => Promise<Outcome>,
) {
  const progress = videos.length > LOT ? toastProgress(`${doing} ${count(videos.length, 'video')}`) : null
  const done = new Set<string>()
  const failures: string[] = []
  const titles = new Map(videos.map(({ videoId, title }) => [videoId, title]))
  try {
    for (let from = 0; from < videos.length; from += LOT) {
      const outcome = await act(videos.slice(from, from + LOT).map(({ videoId }) => videoId))
      for (const videoId of outcome.done) done.add(videoId)
      for (const { videoId, message } of outcome.failed) failures.push(`${titles.get(videoId) ?? ''}. ${message}`)
      progress?.say(`${doing} ${done.size.toLocaleString('en-GB')} of ${count(videos.length, 'video')}`)
    }
  } catch (error) {
    failures.push(asEngineError(error).message)
  } finally {
    progress?.hide()
    await queryClient.invalidateQueries({ queryKey: ['videos'] })
  }
  return { done: videos.filter(({ videoId }) => done.has(videoId)), failures }
}

async function onEach(videos: readonly VideoRef[], act: (videoId: string) => Promise<unknown>) {
  const failures: string[] = []
  for (let from = 0; from < videos.length; from += LOT) {
    const lot = videos.slice(from, from + LOT)
    const results = await Promise.allSettled(lot.map(({ videoId }) => act(videoId)))
    for (const [index, result] of results.entries()) {
      if (result.status === 'rejected') failures.push(`${lot[index]?.title}. ${asEngineError(result.reason).message}`)
    }
  }
  await queryClient.invalidateQueries({ queryKey: ['videos'] })
  return { failures }
}

/** One message, however many failed. */
function tell(what: string, failures: readonly string[]): void {
  const [first, ...others] = failures
  if (first === undefined) return
  toastError(`${what}: ${first}${others.length > 0 ? ` The same of ${count(others.length, 'other')}.` : ''}`)
}
