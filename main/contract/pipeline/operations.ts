import { z } from 'zod'
import { Id } from '../id.ts'
import { Done, Instant, operation, StoredFile, streamOperation } from '../operation.ts'
import { TaskRequest } from './request.ts'
import { TaskResults } from './results.ts'
import { StepModel } from './step-model.ts'
import { Roi } from './stream.ts'
import { Task, TaskStatus } from './task.ts'

const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

const OfTask = z.object({ taskId: z.string() })

export const createTask = operation('tasks.create', {
  summary: 'Queue a frame-pipeline task.',
  scope: 'write',
  input: TaskRequest,
  output: Task,
})

export const listTasks = operation('tasks.list', {
  summary: 'Tasks, newest first.',
  scope: 'read',
  input: z.object({
    status: TaskStatus.optional(),
    /** Created at or after. */
    from: Instant.optional(),
    /** Created before. */
    to: Instant.optional(),
    mediaId: Id.optional(),
    cursor: z.string().optional(),
    limit: z.int().min(1).max(100).default(20),
  }),
  output: z.object({ tasks: z.array(Task), nextCursor: z.string().nullable(), hasMore: z.boolean() }),
})

export const getTask = operation('tasks.get', { summary: 'One task.', scope: 'read', input: OfTask, output: Task })

export const followTaskStream = streamOperation('tasks.follow', {
  summary: 'The bytes of the stream from an offset on, and then those that come, to its end.',
  scope: 'read',
  input: z.object({
    taskId: z.string(),
    offset: z.int().nonnegative(),
    /** How many bytes are wanted; all when not given. */
    length: z.int().nonnegative().optional(),
    /** The most that come at once. */
    pieceBytes: z.int().min(1).max(4_194_304).default(524_288),
  }),
  event: Bytes,
})

export const getTaskResults = operation('tasks.results', {
  summary: 'What a task found, track by track; available once it has succeeded.',
  scope: 'read',
  input: OfTask,
  output: TaskResults,
  audit: {
    subject: 'task',
    // The window shows them; it records with `tasks.noteExport` when it saves them as a file.
    when: (_input, door) => door !== 'window',
    target: ({ taskId }) => taskId,
    counted: true,
  },
})

export const cancelTask = operation('tasks.cancel', {
  summary: 'Stop a waiting or running task.',
  scope: 'write',
  input: OfTask,
  output: Task,
})

export const removeTask = operation('tasks.remove', {
  summary: 'Remove a task that has ended, with its stream and results.',
  scope: 'write',
  input: OfTask,
  output: z.strictObject({ done: z.literal(true) }),
  audit: { subject: 'task', target: ({ taskId }) => taskId },
})

export const listStepModels = operation('tasks.models', {
  summary: 'The models that steps may name, with their parameters.',
  scope: 'read',
  input: z.strictObject({}),
  output: z.object({ models: z.array(StepModel) }),
})

export const annotateTask = streamOperation('tasks.annotate', {
  summary: 'Draws the targets of a task over its video, as an MP4, and reports progress; ending the stream cancels it.',
  scope: 'read',
  input: OfTask,
  event: z.object({ fraction: z.number().min(0).max(1), secondsLeft: z.number().nonnegative().nullable() }),
})

export const openAnnotated = operation('tasks.openAnnotated', {
  summary: 'The video of an ended task with its targets drawn over it, an MP4; made at the first request.',
  scope: 'read',
  input: OfTask,
  output: StoredFile,
  inProcess: true,
  audit: { subject: 'task', target: ({ taskId }) => taskId, counted: true },
})

export const openTaskVideo = operation('tasks.openVideo', {
  summary: 'The video of a task, in a form that the window plays.',
  scope: 'read',
  input: OfTask,
  output: StoredFile,
  inProcess: true,
})

export const openTaskPicture = operation('tasks.openPicture', {
  summary: 'A JPEG of one frame of the video of a task, or of a part of the frame.',
  scope: 'read',
  input: z.object({ taskId: z.string(), frame: z.int().nonnegative(), roi: Roi.optional() }),
  output: StoredFile,
  inProcess: true,
})

/** Files that the window makes of a task's results. */
export const EXPORTS = ['results', 'tracks', 'sightings', 'mot'] as const

export const noteExport = operation('tasks.noteExport', {
  summary: 'Record in the audit log that results of a task were saved as a file: the window makes such files itself.',
  scope: 'read',
  input: OfTask.extend({ file: z.enum(EXPORTS) }),
  output: Done,
  audit: { subject: 'task', target: ({ taskId }) => taskId, details: ({ file }) => ({ file }) },
})
