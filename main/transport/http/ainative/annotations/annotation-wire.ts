import { z } from 'zod'
import { type Annotation, AnnotationType, createAnnotation, Drawing, Id, Instant } from '../../../../contract/index.ts'
import { snakeKeys, withoutNulls, withoutUndefined } from '../../fields.ts'
import { PathId, VideoPath } from '../wire.ts'

const ANNOTATION_ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
const VIDEO_ID = '550e8400-e29b-41d4-a716-446655440000'

/** As the published example has it. */
const CREATION = {
  timestamp: 42.5,
  title: 'Database connection setup',
  description: 'Here we configure the SQLAlchemy engine with connection pooling',
  annotation_type: 'feature' as const,
  url: 'https://example.com/docs/database',
}
const ANNOTATION = {
  ...{ annotation_id: ANNOTATION_ID, id: ANNOTATION_ID, video_id: VIDEO_ID, ...CREATION, drawings: [] },
  ...{ out_of_range: false, author_id: '7f1d6a52-8e0c-4a53-9d2b-6a3f0c1e2d4b', author: 'alice' },
  ...{ created_at: '2026-03-15T10:00:00Z', updated_at: '2026-03-15T10:00:00Z' },
}

const { shape: facts } = createAnnotation.input

const Facts = z.object({
  timestamp: facts.timestamp.describe('Seconds into the video.'),
  title: facts.title,
  description: facts.description,
  annotation_type: AnnotationType,
  url: facts.url,
  drawings: facts.drawings
    .nullable()
    .describe('What is drawn on the frame; points are parts of its width and height, from the top left.'),
})
type Facts = z.output<typeof Facts>

export const CreateAnnotationBody = Facts.meta({ id: 'AnnotationCreation', examples: [CREATION] })
export const UpdateAnnotationBody = Facts.partial().meta({
  id: 'AnnotationChange',
  examples: [{ title: 'Connection pool', annotation_type: 'info' }],
})

export const AnnotationPath = VideoPath.extend({ annotation_id: PathId })
export const AnnotationQuery = z.object({ type: AnnotationType.optional() })

export const AnnotationBody = z
  .object({
    annotation_id: Id,
    id: Id.describe('The same as annotation_id.'),
    video_id: Id,
    timestamp: z.number(),
    title: z.string(),
    description: z.string().nullable(),
    annotation_type: AnnotationType,
    url: z.string().nullable(),
    drawings: z.array(Drawing),
    out_of_range: z.boolean().describe('Whether the video has become shorter than that.'),
    author_id: Id,
    author: z.string().describe("The author's name."),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'Annotation', examples: [ANNOTATION] })

export const AnnotationListBody = z
  .object({ video_id: Id, annotations: z.array(AnnotationBody), total: z.int().nonnegative() })
  .meta({ id: 'Annotations', examples: [{ video_id: VIDEO_ID, annotations: [ANNOTATION], total: 1 }] })

export function creationToInput({ timestamp, title, annotation_type: type, ...rest }: Facts) {
  return { timestamp, title, type, ...withoutNulls(rest) }
}

/** What is named and null is emptied. */
export function changeToInput({ annotation_type: type, drawings, ...rest }: z.output<typeof UpdateAnnotationBody>) {
  return {
    ...withoutUndefined({ ...rest, type }),
    ...(drawings === undefined ? {} : { drawings: drawings ?? [] }),
  }
}

export function annotationToWire(annotation: Annotation): z.input<typeof AnnotationBody> {
  const { annotationId: id, type, authorName } = annotation
  return { ...snakeKeys(annotation), id, annotation_type: type, author: authorName }
}
