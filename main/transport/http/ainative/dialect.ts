import type { Dialect } from '../dialect.ts'
import { albumRoutes } from './albums/album-routes.ts'
import { annotationRoutes } from './annotations/annotation-routes.ts'
import { analyticsRoutes } from './engagement/analytics-routes.ts'
import { engagementRoutes } from './engagement/engagement-routes.ts'
import { ainativeErrors } from './errors.ts'
import { showcaseRoutes } from './library/showcase-routes.ts'
import { videoRoutes } from './library/video-routes.ts'
import { PREFIX } from './wire.ts'

/** The AINative v1 dialect: the published videos, what people do with them, albums and annotations. */
export const ainative: Dialect = {
  door: 'ainative',
  prefix: PREFIX,
  title: 'AINative v1',
  errors: ainativeErrors,
  // LI-5
  eitherSlash: true,
  readsNonNumbers: true,
  routes: [
    ...videoRoutes,
    ...engagementRoutes,
    ...analyticsRoutes,
    ...showcaseRoutes,
    ...annotationRoutes,
    ...albumRoutes,
  ],
}
