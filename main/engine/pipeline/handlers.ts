import {
  annotateTask,
  cancelTask,
  createTask,
  EngineError,
  followTaskStream,
  getTask,
  getTaskResults,
  listStepModels,
  listTasks,
  noteExport,
  openAnnotated,
  openTaskPicture,
  openTaskVideo,
  removeTask,
} from '../../contract/index.ts'
import type { Operations } from '../operations.ts'
import type { AnnotatedVideos } from './annotated/annotated-videos.ts'
import type { Archives } from './archives.ts'
import type { TaskFiles } from './task-files.ts'
import { stepKinds } from './steps/index.ts'
import type { Tasks } from './tasks.ts'

interface TaskParts {
  readonly tasks: Tasks
  readonly archives: Archives
  readonly files: TaskFiles
  readonly annotated: AnnotatedVideos
}

/** Answers the operations of contract/pipeline. */
export function implementTasks(operations: Operations, { tasks, archives, files, annotated }: TaskParts): void {
  operations
    .implement(createTask, (request) => tasks.create(request))
    .implement(listTasks, (query) => tasks.list(query))
    .implement(getTask, ({ taskId }) => tasks.get(taskId))
    .implement(getTaskResults, ({ taskId }) => tasks.results(taskId))
    .implement(cancelTask, ({ taskId }) => tasks.cancel(taskId))
    .perform(removeTask, async ({ taskId }) => {
      await annotated.stop(taskId)
      await tasks.remove(taskId)
    })
    .perform(noteExport, ({ taskId }) => tasks.row(taskId))
    .implement(listStepModels, () => ({ models: stepKinds.map(({ model }) => model) }))
    .implementStream(followTaskStream, async function* ({ taskId, offset, length = Infinity, pieceBytes }, { signal }) {
      tasks.row(taskId)
      try {
        const archive = await archives.take(taskId)
        assertWithin(offset, archive.length)
        let left = length
        for await (const bytes of archive.follow(offset, signal, pieceBytes)) {
          yield bytes.subarray(0, left)
          left -= bytes.length
          if (left <= 0) return
        }
      } finally {
        archives.giveBack(taskId)
      }
    })
    .implementStream(annotateTask, ({ taskId }, { signal }) => annotated.make(taskId, signal))
    .implement(openAnnotated, ({ taskId }, { signal }) => annotated.open(taskId, signal))
    .implement(openTaskVideo, ({ taskId }) => files.video(taskId))
    .implement(openTaskPicture, ({ taskId, frame, roi }, { signal }) =>
      files.picture(taskId, frame, roi ?? null, signal),
    )
}

/** @throws EngineError `offset_out_of_range` (PI-45). */
function assertWithin(offset: number, length: number): void {
  if (offset <= length) return
  const message = `The stream holds ${length} bytes so far: there is nothing at ${offset}.`
  throw new EngineError('offset_out_of_range', message, { length })
}
