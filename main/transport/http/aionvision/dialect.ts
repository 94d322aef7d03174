import type { Dialect } from '../dialect.ts'
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
export const aionvision: Dialect = {
  door: 'aionvision',
  prefix: PREFIX,
  title: 'Aionvision v2',
  errors: aionvisionErrors,
  routes: [
    ...uploadRoutes,
    batchRoute,
    completeRoute,
    partRoute,
    ...videoRoutes,
    ...sceneRoutes,
    ...analysisRoutes,
    ...keyRoutes,
    auditRoute,
    ...secretRoutes,
  ],
}
