import { useEffect } from 'react'
import { type Annotation, listAnnotations } from '../../../../main/contract/index.ts'
import { useEngine } from '../../../shared/engine/queries.ts'
import type { Player } from '../player.ts'
import { isNear } from './notes.ts'

const NONE: readonly Annotation[] = []

/** Tells the player what is noted on its video, and lets go of a note that playing has left behind. */
export function useNotes({ playback, notes }: Player, videoId: string): void {
  const { data } = useEngine('annotations', listAnnotations, { videoId })
  useEffect(() => notes.describe(data?.annotations ?? NONE), [notes, data])
  useEffect(
    () =>
      playback.onTime((time) => {
        const { selected, all } = notes.state.getState()
        if (selected === null || !playback.state.getState().playing) return
        const note = all.find(({ annotationId }) => annotationId === selected)
        if (!note || !isNear(note, time)) notes.select(null)
      }),
    [playback, notes],
  )
}
