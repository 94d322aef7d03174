import { useEffect } from 'react'
import { type Annotation, listAnnotations } from '../../../main/contract/index.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import type { NotesPlayer } from './notes-context.ts'
import { type Draft, isNear } from './notes.ts'

const NONE: readonly Annotation[] = []
/** What was being written when somebody left a video, by its id: whoever comes back goes on. */
const drafts = new Map<string, Draft>()

/** Tells the player what is noted on its video, and lets go of what playing has left behind. */
export function useVideoNotes({ playback, notes }: NotesPlayer, videoId: string): void {
  const { data } = useEngine('annotations', listAnnotations, { videoId })
  useEffect(() => notes.describe(data?.annotations ?? NONE), [notes, data])
  useEffect(() => {
    const left = drafts.get(videoId)
    drafts.delete(videoId)
    if (left) notes.open(left)
    return () => {
      const { draft } = notes.state.getState()
      if (draft) drafts.set(videoId, draft)
    }
  }, [notes, videoId])
  useEffect(
    () =>
      playback.onTime((time) => {
        const { selected, all, draft, pen } = notes.state.getState()
        const { playing } = playback.state.getState()
        // A drawing belongs to one frame: no drawing while playing.
        if (draft && pen !== null && (playing || !isNear(draft, time))) notes.take(null)
        if (selected === null || !playing) return
        const note = all.find(({ annotationId }) => annotationId === selected)
        if (!note || !isNear(note, time)) notes.select(null)
      }),
    [playback, notes],
  )
}
