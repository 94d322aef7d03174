import { z } from 'zod'
import { Id } from '../id.ts'
import { WebUrl } from '../library/catalogue.ts'
import { Done, Instant, operation } from '../operation.ts'

/** LI-51 */
export const AnnotationType = z.enum(['info', 'feature', 'bug-fix', 'demo'])
export type AnnotationType = z.infer<typeof AnnotationType>

/** A place in the picture: parts of its displayed width and height, 0..1 from the top left. */
const Point = z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)])

/** What is drawn on the frame: a box by two corners, an arrow from tail to head, or a line by hand. */
export const Drawing = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('box'), points: z.array(Point).length(2) }),
  z.object({ kind: z.literal('arrow'), points: z.array(Point).length(2) }),
  z.object({ kind: z.literal('freehand'), points: z.array(Point).min(2).max(1000) }),
])
export type Drawing = z.infer<typeof Drawing>

export const Annotation = z.object({
  annotationId: Id,
  videoId: Id,
  authorId: Id,
  authorName: z.string(),
  /** Seconds into the video. */
  timestamp: z.number().nonnegative(),
  title: z.string(),
  description: z.string().nullable(),
  type: AnnotationType,
  url: z.string().nullable(),
  drawings: z.array(Drawing),
  /** Set when the duration shrank later (LI-52). */
  outOfRange: z.boolean(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type Annotation = z.infer<typeof Annotation>

const VideoId = z.object({
  videoId: Id,
  /** Only where the video is a showcase, that is a demo (LI-51). The window annotates every video. */
  showcase: z.boolean().default(false),
})
const AnnotationId = VideoId.extend({ annotationId: Id })
const Facts = z.object({
  timestamp: z.number().nonnegative(),
  title: z.string().trim().min(1).max(255),
  description: z.string().max(10_000).nullable().optional(),
  type: AnnotationType,
  url: WebUrl.nullable().optional(),
  drawings: z.array(Drawing).max(50).optional(),
})

export const createAnnotation = operation('annotations.create', {
  summary: 'Add a timed annotation. The owner of the video and admins only.',
  scope: 'write',
  input: VideoId.extend(Facts.shape),
  output: Annotation,
})

export const listAnnotations = operation('annotations.list', {
  summary: 'The annotations of a video in the order of time.',
  scope: 'read',
  input: VideoId.extend({ type: AnnotationType.optional() }),
  output: z.object({ videoId: Id, annotations: z.array(Annotation) }),
})

export const updateAnnotation = operation('annotations.update', {
  summary: 'Change an annotation.',
  scope: 'write',
  input: AnnotationId.extend(Facts.partial().shape),
  output: Annotation,
})

export const deleteAnnotation = operation('annotations.delete', {
  summary: 'Remove an annotation; the window can bring it back for 10 minutes.',
  scope: 'write',
  input: AnnotationId,
  output: Done,
  audit: { subject: 'annotation', target: ({ annotationId }) => annotationId, details: ({ videoId }) => ({ videoId }) },
})

export const restoreAnnotation = operation('annotations.restore', {
  summary: 'Undo the deletion of an annotation.',
  scope: 'write',
  input: AnnotationId,
  output: Annotation,
  audit: { subject: 'annotation', target: ({ annotationId }) => annotationId, details: ({ videoId }) => ({ videoId }) },
})
