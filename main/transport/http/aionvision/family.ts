import type { Family } from '../family.ts'
import { analysisRoutes } from './analysis-routes.ts'
import { auditRoute } from './audit-routes.ts'
import { batchRoute } from './batch-route.ts'
import { completeRoute } from './complete-route.ts'
import { aionvisionErrors } from './errors.ts'
import { keyRoutes } from './key-routes.ts'
import { partRoute } from './part-route.ts'
import { sceneRoutes } from './scene-routes.ts'
import { secretRoutes } from './secret-routes.ts'
import { uploadRoutes } from './upload-routes.ts'
import { PREFIX } from './upload-wire.ts'
import { videoRoutes } from './video-routes.ts'

/** The Aionvision v2 dialect: snake_case JSON, keys by Bearer, errors in an envelope. */
export const aionvision: Family = {
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
