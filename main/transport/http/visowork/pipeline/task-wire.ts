import { z } from 'zod'
import { Instant, StreamChunk, TaskRequest, TaskResults, TaskStatus, type Task } from '../../../../contract/index.ts'
import { snakeKeys } from '../../fields.ts'

export const PREFIX = '/v1/video'

const TASK_ID = 'vt_01HZX4T5M6N7P8Q9R0S1T2V3W4'

/** The published example. */
const REQUEST = {
  input: [
    {
      type: 'video_url' as const,
      url: 'https://example.com/clip.mp4',
      sampling: { mode: 'fps' as const, value: 5 },
      range: { start: 0, end: 30, unit: 'seconds' as const },
      max_frames: 300,
    },
  ],
  steps: [{ model: 'detect', parameters: { classes: ['pedestrian'] } }, { model: 'feature' }],
  model: 'qwen-vl-max',
}

export const ProcessBody = TaskRequest.meta({ id: 'VideoProcess', examples: [REQUEST] })

export const TaskParams = z.object({ id: z.string().max(64) })

const STREAM = {
  stream_url: streamUrl(TASK_ID),
  stream_url_signed: `http://127.0.0.1:8787${streamUrl(TASK_ID)}?expires=1737072000&signature=pZ0Jv4iVb1yqk3mN8cR2tXw5uE7sLh9aGdF6oQfKjBM`,
}

/** PI-8 */
const SignedStream = z.url().describe('The same stream for clients that can send no headers, as EventSource.')

export const AcceptedBody = z
  .object({ id: z.string(), status: TaskStatus, stream_url: z.string(), stream_url_signed: SignedStream })
  .meta({ examples: [{ id: TASK_ID, status: 'pending', ...STREAM }] })

const TASK = {
  ...{ id: TASK_ID, object: 'mm.pipeline.task', status: 'running', ...STREAM, model: null },
  ...{ media_id: null, title: 'clip.mp4', processed_frames: 42, due_frames: 150, stream_bytes: 16_384 },
  ...{ video: { width: 1920, height: 1080, duration_seconds: 30, total_frames: 750, fps: 25 } },
  ...{ finish_reason: null, error: null, created_at: '2026-01-15T10:30:00Z' },
  ...{ started_at: '2026-01-15T10:30:01Z', completed_at: null },
}

const CHUNK = {
  ...{
    id: `mm-pipe-${TASK_ID.slice(3).toLowerCase()}`,
    object: 'mm.pipeline.chunk',
    model: 'qwen-vl-max',
    finish_reason: null,
  },
  stream_info: {
    ...{ frame_index: 42, total_frames: 150, decoded_frames: 43, dropped_frames: 0, fps: 25 },
    ...{ elapsed_ms: 1720, pts: 1.68 },
  },
  delta: {
    results: [
      {
        index: 0,
        targets: [
          { track_id: 1, class: 'pedestrian', confidence: 0.91, roi: { left: 55, top: 98, width: 60, height: 180 } },
        ],
      },
    ],
  },
}

export const TaskBody = z
  .object({
    id: z.string(),
    object: z.literal('mm.pipeline.task'),
    status: TaskStatus,
    stream_url: z.string(),
    stream_url_signed: SignedStream,
    /** PI-7 */
    model: z.string().nullable(),
    media_id: z.string().nullable(),
    title: z.string(),
    processed_frames: z.int(),
    due_frames: z.int().nullable(),
    stream_bytes: z.int(),
    video: z
      .object({
        width: z.int(),
        height: z.int(),
        duration_seconds: z.number(),
        total_frames: z.int().nullable(),
        fps: z.number(),
      })
      .nullable(),
    finish_reason: z.string().nullable(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    created_at: Instant,
    started_at: Instant.nullable(),
    completed_at: Instant.nullable(),
    /** PI-52 */
    request: TaskRequest.optional(),
  })
  .meta({ id: 'VideoTask', examples: [TASK] })

export const TaskListBody = z
  .object({ data: z.array(TaskBody), next_cursor: z.string().nullable(), has_more: z.boolean() })
  .meta({ examples: [{ data: [TASK], next_cursor: null, has_more: false }] })

export const ResultsBody = TaskResults.meta({
  id: 'VideoResults',
  examples: [
    {
      ...{ id: TASK_ID, object: 'mm.pipeline.result', model: 'qwen-vl-max' },
      usage: { processed_frames: 150, processing_time_ms: 6200 },
      tracks: [
        {
          ...{ track_id: 1, class: 'pedestrian', first_frame: 0, last_frame: 149, frames_seen: 30 },
          ...{ best_confidence: 0.93, feature_digest: 'dim=512;norm=14.2031', dwell_seconds: 5.96 },
          samples: [
            { frame_index: 42, pts: 1.68, confidence: 0.93, roi: { left: 55, top: 98, width: 60, height: 180 } },
          ],
          path: [
            [0, 85, 188],
            [149, 410, 190],
          ],
        },
      ],
    },
  ],
})

/** PI-42, PI-43 */
export const TaskEvent = z
  .union([StreamChunk.meta({ id: 'VideoChunk' }), z.literal('[DONE]')])
  .meta({ id: 'VideoTaskEvent', examples: [CHUNK] })

/** PI-51: any RFC 3339 instant, a date alone, or unix seconds. */
const When = z.string().transform((text, context) => {
  const epochMs = /^\d{9,11}$/.test(text) ? Number(text) * 1000 : Date.parse(text)
  const isInstant = Number.isFinite(epochMs) && Math.abs(epochMs) < 8.64e15
  if (isInstant) return new Date(epochMs).toISOString()
  context.addIssue({ code: 'custom', message: 'Expected a time such as 2026-01-15T10:30:00Z.' })
  return z.NEVER
})

export const ListQuery = z.object({
  status: TaskStatus.optional(),
  from: When.optional().describe('Created then or later: an instant, a date or unix seconds.'),
  to: When.optional().describe('Created before.'),
  cursor: z.string().max(200).optional().describe('The `next_cursor` of the page before.'),
  limit: z.coerce.number().int().min(1).max(100).optional(),
})

export const TaskQuery = z.object({
  include: z.string().max(100).optional().describe('`request`: what the task was asked for, too.'),
})

export function streamUrl(taskId: string): string {
  return `${PREFIX}/tasks/${taskId}/stream`
}

/** @param link makes the signed URL of a path of ours. */
export function taskToWire(
  { request, ...task }: Task,
  link: (path: string) => string,
  withRequest = false,
): z.input<typeof TaskBody> {
  const { taskId, video, errorCode, errorMessage } = task
  return {
    ...snakeKeys(task),
    id: taskId,
    object: 'mm.pipeline.task',
    stream_url: streamUrl(taskId),
    stream_url_signed: link(streamUrl(taskId)),
    model: request.model ?? null,
    video: video && snakeKeys(video),
    error: errorCode === null ? null : { code: errorCode.toLowerCase(), message: errorMessage ?? '' },
    ...(withRequest ? { request } : {}),
  }
}
