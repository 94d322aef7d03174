import { annotationsModule } from '../annotations/index.ts'
import { defineCapability } from '../capability.ts'
import { libraryModule } from '../library/index.ts'
import { Engagement } from './engagement.ts'
import { implementEngagement } from './handlers.ts'

export const engagementModule = defineCapability({
  name: 'engagement',
  create: ({ database, folder, secrets, log, env, workersFolder, changes, use }) => {
    const { published, count } = use(libraryModule)
    const { annotations } = use(annotationsModule)
    const engagement = new Engagement({
      ...{ database, databaseFile: folder.database, secrets, log, workersFolder, count },
      cityFile: env['FIELDREEL_CITY_DATABASE'],
    })
    return {
      operations: (operations) =>
        implementEngagement(operations, engagement, {
          videos: published,
          countComments: (videoId) => annotations.count(videoId),
          onChange: (videoId) => changes.publish('engagement', { videoId }),
        }),
      close: () => engagement.close(),
    }
  },
})
