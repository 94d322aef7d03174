import {
  createAnnotation,
  deleteAnnotation,
  listAnnotations,
  restoreAnnotation,
  updateAnnotation,
} from '../../contract/index.ts'
import type { Operations } from '../operations.ts'
import type { Annotations } from './annotations.ts'

/** Answers the operations of contract/annotation.ts. */
export function implementAnnotations(operations: Operations, annotations: Annotations): void {
  operations
    .implement(createAnnotation, ({ videoId, showcase, ...facts }, { caller }) =>
      annotations.create({ videoId, showcase }, facts, caller),
    )
    .implement(listAnnotations, ({ videoId, showcase, type = null }) => ({
      videoId,
      annotations: annotations.list({ videoId, showcase }, type),
    }))
    .implement(updateAnnotation, ({ videoId, showcase, annotationId, ...change }, { caller }) =>
      annotations.update({ videoId, showcase, annotationId }, change, caller),
    )
    .perform(deleteAnnotation, (asked, { caller }) => annotations.delete(asked, caller))
    .implement(restoreAnnotation, (asked, { caller }) => annotations.restore(asked, caller))
}
