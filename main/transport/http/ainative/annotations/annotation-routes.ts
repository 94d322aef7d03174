import * as contract from '../../../../contract/index.ts'
import { route, silentRoute, type Route } from '../../route.ts'
import * as wire from './annotation-wire.ts'
import { VideoPath } from '../wire.ts'

const LIST = '/showcase-videos/:video_id/annotations'
const ONE = `${LIST}/:annotation_id`
const params = VideoPath
const one = wire.AnnotationPath
/** LI-51 */
const showcase = true

export const annotationRoutes: readonly Route[] = [
  route({
    method: 'POST',
    id: 'createAnnotation',
    path: LIST,
    operation: contract.createAnnotation,
    request: { params, body: wire.CreateAnnotationBody },
    status: 201,
    response: wire.AnnotationBody,
    failures: ['time_out_of_range'],
    toInput: ({ params: { video_id }, body }) => ({ videoId: video_id, showcase, ...wire.creationToInput(body) }),
    toWire: wire.annotationToWire,
  }),
  route({
    method: 'GET',
    id: 'listAnnotations',
    path: LIST,
    operation: contract.listAnnotations,
    request: { params, query: wire.AnnotationQuery },
    response: wire.AnnotationListBody,
    toInput: ({ params: { video_id }, query: { type } }) => ({
      ...{ videoId: video_id, showcase },
      ...(type === undefined ? {} : { type }),
    }),
    toWire: ({ videoId, annotations }) => ({
      video_id: videoId,
      annotations: annotations.map(wire.annotationToWire),
      total: annotations.length,
    }),
  }),
  route({
    method: 'PATCH',
    id: 'updateAnnotation',
    path: ONE,
    operation: contract.updateAnnotation,
    request: { params: one, body: wire.UpdateAnnotationBody },
    response: wire.AnnotationBody,
    failures: ['time_out_of_range'],
    toInput: ({ params: { video_id, annotation_id }, body }) => ({
      ...{ videoId: video_id, annotationId: annotation_id, showcase, ...wire.changeToInput(body) },
    }),
    toWire: wire.annotationToWire,
  }),
  silentRoute({
    method: 'DELETE',
    id: 'deleteAnnotation',
    path: ONE,
    operation: contract.deleteAnnotation,
    request: { params: one },
    toInput: ({ params: { video_id, annotation_id } }) => ({
      videoId: video_id,
      annotationId: annotation_id,
      showcase,
    }),
  }),
]
