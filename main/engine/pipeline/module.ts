import path from 'node:path'
import { defineCapability } from '../capability.ts'
import { hasRoom, JobQueue } from '../jobs/index.ts'
import { libraryModule } from '../library/index.ts'
import { modelsModule } from '../models/index.ts'
import { objectsModule } from '../objects/index.ts'
import { libraryForTasks } from './library-videos.ts'
import { Pipeline } from './service.ts'

/** They take turns at one process of models: a second would only make the first one slower. */
const TASKS_AT_A_TIME = 1

export const pipelineModule = defineCapability({
  name: 'pipeline',
  create: ({ database, folder, tools, log, env, changes, use }) => {
    const { objects, refs, checksums, quarantine } = use(objectsModule)
    const { models } = use(modelsModule)
    const onChange = (): void => changes.tell('tasks')
    const tasks = new Pipeline({
      ...{ database, folder, checksums, objects, refs, models, tools, log, onChange },
      library: libraryForTasks(use(libraryModule)),
      // Apart from the library's own jobs, so that neither an hour of film nor a full library holds up the other.
      jobs: new JobQueue({
        ...{ database, log, onChange, hasRoom: () => hasRoom(folder) },
        explain: (error) => folder.explain(error),
        concurrency: TASKS_AT_A_TIME,
      }),
      allowPrivateUrls: env['FIELDREEL_ALLOW_PRIVATE_URLS'] === '1',
    })
    return {
      tasks,
      operations: (operations) => tasks.implement(operations),
      titles: { task: (id) => tasks.titleOf(id) },
      recover: () => quarantine.returnNamed(({ kind, name }) => kind === 'stream' && tasks.has(path.parse(name).name)),
      start: () => tasks.start(),
      hold: (why) => tasks.hold(why),
      stop: () => tasks.close(),
    }
  },
})
