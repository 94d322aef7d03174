import { defineCapability } from '../capability.ts'
import { jobsModule } from '../jobs/index.ts'
import { libraryModule } from '../library/index.ts'
import { objectsModule } from '../objects/index.ts'
import { scenesModule } from '../scenes/index.ts'
import { implementAdjustment } from './adjustment.ts'
import { analysisHandler, picturesHandler } from './analysis.ts'
import { implementAnalysis } from './handlers.ts'

export const analysisModule = defineCapability({
  name: 'analysis',
  create: ({ database, folder, tools, workersFolder, use }) => {
    const { queue } = use(jobsModule)
    const { checksums } = use(objectsModule)
    const { scenes, candidates, sceneSettings } = use(scenesModule)
    const { videos, frames } = use(libraryModule)
    const options = {
      ...{ database, videos, scenes, candidates, sceneSettings, frames, folder, checksums, tools, workersFolder },
    }
    queue.register('analysis', analysisHandler(options))
    queue.register('pictures', picturesHandler(options))
    return {
      operations: (operations) => {
        implementAnalysis(operations, { jobs: queue, videos })
        implementAdjustment(operations, { jobs: queue, videos, scenes, candidates, sceneSettings })
      },
    }
  },
})
