import path from 'node:path'
import { defineCapability } from '../capability.ts'
import { jobsModule } from '../jobs/index.ts'
import { libraryModule } from '../library/index.ts'
import { modelsModule } from '../models/index.ts'
import { objectsModule } from '../objects/index.ts'
import { libraryForTasks } from './library-videos.ts'
import { Pipeline } from './service.ts'

export const pipelineModule = defineCapability({
  name: 'pipeline',
  create: ({ database, folder, tools, log, env, changes, use }) => {
    const { objects, checksums, quarantine } = use(objectsModule)
    const { models } = use(modelsModule)
    const onChange = (): void => changes.tell('tasks')
    const tasks = new Pipeline({
      ...{ database, folder, checksums, objects, models, tools, log, onChange },
      library: libraryForTasks(use(libraryModule)),
      jobs: use(jobsModule).queue,
      allowPrivateUrls: env['FIELDREEL_ALLOW_PRIVATE_URLS'] === '1',
    })
    return {
      tasks,
      jobs: [tasks.job],
      operations: (operations) => tasks.implement(operations),
      titles: { task: (id) => tasks.titleOf(id) },
      recover: async () => {
        await quarantine.returnNamed(({ kind, name }) => kind === 'stream' && tasks.has(path.parse(name).name))
        await tasks.recover()
      },
      stop: () => tasks.close(),
    }
  },
})
