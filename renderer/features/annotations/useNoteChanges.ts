import {
  type Annotation,
  asEngineError,
  createAnnotation,
  deleteAnnotation,
  restoreAnnotation,
  updateAnnotation,
} from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { toastDone, toastError } from '../../shared/ui/toast.tsx'
import { useNotes } from './notes-context.ts'
import type { Draft } from './notes.ts'

/** Keeps and removes the notes of a video. What fails says so and loses nothing that was written. */
export function useNoteChanges(videoId: string) {
  const notes = useNotes()
  const creation = useAct(createAnnotation, 'annotations')
  const change = useAct(updateAnnotation, 'annotations')
  const removal = useAct(deleteAnnotation, 'annotations')
  const restoring = useAct(restoreAnnotation, 'annotations')

  const save = ({ annotationId, timestamp, ...draft }: Draft): void => {
    const facts = {
      ...draft,
      videoId,
      description: draft.description.trim() || null,
      url: draft.url.trim() || null,
      drawings: [...draft.drawings],
    }
    const onSuccess = (note: Annotation): void => {
      notes.close()
      notes.select(note.annotationId)
    }
    if (annotationId === null) return creation.mutate({ ...facts, timestamp }, { onSuccess })
    // One that lies behind the end of the video may stay there, but cannot be put there anew.
    const isMoved = notes.state
      .getState()
      .all.every((note) => note.annotationId !== annotationId || note.timestamp !== timestamp)
    change.mutate({ ...facts, annotationId, ...(isMoved && { timestamp }) }, { onSuccess })
  }
  const remove = ({ annotationId, title }: Annotation): void => {
    const input = { videoId, annotationId }
    const restore = (): void => void restoring.mutateAsync(input).then(() => toastDone(`“${title}” is back.`), tell)
    if (notes.state.getState().draft?.annotationId === annotationId) notes.close()
    removal.mutateAsync(input).then(() => toastDone(`Deleted “${title}”.`, { run: restore }), tell)
  }
  return { save, remove, saving: creation.isPending || change.isPending, error: creation.error ?? change.error }
}

function tell(error: unknown): void {
  toastError(asEngineError(error).message)
}
