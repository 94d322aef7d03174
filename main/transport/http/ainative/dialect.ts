import { defineDialect } from '../dialect.ts'
import { albumRoutes } from './albums/album-routes.ts'
import { annotationRoutes } from './annotations/annotation-routes.ts'
import { analyticsRoutes } from './engagement/analytics-routes.ts'
import { engagementRoutes } from './engagement/engagement-routes.ts'
import { ainativeErrors } from './errors.ts'
import { showcaseRoutes } from './library/showcase-routes.ts'
import { videoRoutes } from './library/video-routes.ts'
import { PREFIX } from './wire.ts'

/** The AINative v1 dialect: the published videos, what people do with them, albums and annotations. */
export const ainative = defineDialect({
  door: 'ainative',
  prefix: PREFIX,
  title: 'AINative v1',
  errors: ainativeErrors,
  // LI-5
  eitherSlash: true,
  readsNonNumbers: true,
  areas: [
    { title: 'Videos', description: 'What is known and published of a video.', routes: videoRoutes },
    { title: 'Engagement', description: 'Views, likes and shares.', routes: engagementRoutes },
    {
      title: 'Analytics',
      description: 'How much, how far, where and on what a video is watched.',
      routes: analyticsRoutes,
    },
    { title: 'Showcase', description: 'The demo videos of everybody.', routes: showcaseRoutes },
    {
      title: 'Annotations',
      description: 'Notes at times of a video, with or without a drawing.',
      routes: annotationRoutes,
    },
    { title: 'Albums', description: 'Videos and scene pictures in an order, private or shared.', routes: albumRoutes },
  ],
})
