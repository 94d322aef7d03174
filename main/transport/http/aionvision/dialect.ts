import { defineDialect } from '../dialect.ts'
import { analysisRoutes } from './analysis/analysis-routes.ts'
import { auditRoute } from './audit/audit-routes.ts'
import { batchRoute } from './uploads/batch-route.ts'
import { completeRoute } from './uploads/complete-route.ts'
import { aionvisionErrors } from './errors.ts'
import { keyRoutes } from './identity/key-routes.ts'
import { partRoute } from './uploads/part-route.ts'
import { sceneRoutes } from './scenes/scene-routes.ts'
import { secretRoutes } from './identity/secret-routes.ts'
import { uploadRoutes } from './uploads/upload-routes.ts'
import { PREFIX } from './uploads/upload-answers.ts'
import { videoRoutes } from './library/video-routes.ts'

/** The Aionvision v2 dialect: snake_case JSON, keys by Bearer, errors in an envelope. */
export const aionvision = defineDialect({
  door: 'aionvision',
  prefix: PREFIX,
  title: 'Aionvision v2',
  errors: aionvisionErrors,
  areas: [
    {
      title: 'Uploads',
      description: 'Videos come in as chunks: initiate, PUT each chunk, confirm it, complete.',
      routes: [...uploadRoutes, batchRoute, completeRoute, partRoute],
    },
    { title: 'Video files', description: 'The bytes of a video and the pictures made of it.', routes: videoRoutes },
    { title: 'Scenes', description: 'Where a video is cut, and a picture of each scene.', routes: sceneRoutes },
    { title: 'Analysis', description: 'Jobs that find the scenes of a video.', routes: analysisRoutes },
    { title: 'API keys', description: 'Who may use this interface, and for what.', routes: keyRoutes },
    { title: 'Audit log', description: 'Who did what.', routes: [auditRoute] },
    { title: 'Signed URLs', description: 'Takes back URLs that need no key.', routes: secretRoutes },
  ],
})
