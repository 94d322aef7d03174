import { defineCapability } from '../capability.ts'
import { handleJob, type Job, jobsModule } from '../jobs/index.ts'
import { libraryModule } from '../library/index.ts'
import { objectsModule } from '../objects/index.ts'
import { analysisJob, picturesJob, posterJob, scenesModule } from '../scenes/index.ts'
import { implementAdjustment } from './adjustment.ts'
import { analysisHandler, picturesHandler, posterHandler } from './analysis.ts'
import { implementAnalysis } from './handlers.ts'
import { VideoPictures } from './video-pictures.ts'

export const analysisModule = defineCapability({
  name: 'analysis',
  create: ({ database, folder, tools, workersFolder, changes, use }) => {
    const { queue } = use(jobsModule)
    const { checksums } = use(objectsModule)
    const { scenes, candidates, sceneSettings } = use(scenesModule)
    const { videos, frames } = use(libraryModule)
    const options = {
      ...{ database, videos, scenes, candidates, sceneSettings, frames, folder, checksums, tools, workersFolder },
    }
    const pictures = new VideoPictures(options)
    const onJobChange = ({ subjectId }: Job): void => changes.publish('videos', { videoId: subjectId })
    return {
      jobs: [
        handleJob(analysisJob, analysisHandler(options, pictures), onJobChange),
        handleJob(picturesJob, picturesHandler(options, pictures), onJobChange),
        handleJob(posterJob, posterHandler(options, pictures)),
      ],
      operations: (operations) => {
        implementAnalysis(operations, { jobs: queue, videos })
        implementAdjustment(operations, { jobs: queue, videos, scenes, candidates, sceneSettings })
      },
    }
  },
})
