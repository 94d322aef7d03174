import path from 'node:path'
import { defineCapability } from '../capability.ts'
import { handleJob, jobsModule } from '../jobs/index.ts'
import { libraryModule } from '../library/index.ts'
import { modelsModule } from '../models/index.ts'
import { objectsModule, type Quarantine, type Swept } from '../objects/index.ts'
import { AnnotatedVideos } from './annotated/annotated-videos.ts'
import { Archives } from './archives.ts'
import { implementTasks } from './handlers.ts'
import { Inputs } from './inputs.ts'
import { SentVideos } from './sent-videos.ts'
import { TaskFiles } from './task-files.ts'
import { taskJob } from './task-job.ts'
import { TaskProgress } from './task-progress.ts'
import { TaskRows } from './task-rows.ts'
import { TaskRunner } from './task-runner.ts'
import { Tasks } from './tasks.ts'

export const pipelineModule = defineCapability({
  name: 'pipeline',
  create: ({ database, folder, tools, log, env, changes, use }) => {
    const { objects, refs, checksums, quarantine } = use(objectsModule)
    const { models } = use(modelsModule)
    const { queue } = use(jobsModule)
    const { videos, files: libraryFiles, frames } = use(libraryModule)
    const onChange = (taskId: string): void => changes.publish('tasks', { taskId })
    const allowPrivateUrls = env['FIELDREEL_ALLOW_PRIVATE_URLS'] === '1'

    const rows = new TaskRows(database)
    const archives = new Archives(folder)
    const sentVideos = new SentVideos(folder)
    const inputs = new Inputs({ folder, objects, refs, checksums, videos, frames, sentVideos, tools, allowPrivateUrls })
    const progress = new TaskProgress()
    const tasks = new Tasks({ database, rows, archives, inputs, progress, jobs: queue, onChange })
    const files = new TaskFiles({ folder, checksums, objects, libraryFiles, inputs, tasks, rows, tools })
    const annotated = new AnnotatedVideos({ folder, checksums, archives, inputs, tasks, rows, tools })
    const runner = new TaskRunner({
      ...{ database, rows, archives, checksums, inputs, progress, onChange },
      ...{ models, tools, folder, log },
    })
    return {
      /** Finds streams without a task. */
      sweepStreams: (into: Quarantine): Promise<Swept> => archives.sweep(() => rows.ids(), into),
      /** Begins to receive a video within a request. @throws EngineError `storage_full`, `storage_refused`. */
      receiveVideo: () => sentVideos.begin(),
      jobs: [handleJob(taskJob, runner.handle, ({ subjectId }) => onChange(subjectId))],
      operations: (operations) => implementTasks(operations, { tasks, archives, files, annotated }),
      titles: { task: (id) => tasks.row(id).title },
      recover: async () => {
        const isTask = (name: string): boolean => rows.get(path.parse(name).name) !== null
        await quarantine.returnNamed(({ kind, name }) => kind === 'stream' && isTask(name))
        await annotated.sweep()
      },
      stop: () => annotated.close(),
    }
  },
})
