import { listCatalogue } from '../../../../contract/index.ts'
import { readRequest, route, type Route } from '../../route.ts'
import * as wire from './video-wire.ts'
import { pageOf } from '../wire.ts'

/** LI-50 */
const USUAL_PAGE = 10
const request = { query: wire.ShowcaseQuery }

export const showcaseRoutes: readonly Route[] = [
  {
    ...route({
      method: 'GET',
      id: 'listShowcaseVideos',
      path: '/showcase-videos/showcase',
      operation: listCatalogue,
      request,
      response: wire.VideoListBody,
      toInput: ({ query }) => {
        const { offset, limit } = pageOf(query, USUAL_PAGE)
        return { whose: 'all' as const, videoType: 'demo' as const, offset, limit, ...wire.filterToInput(query) }
      },
      toWire: (found, { request: incoming, link }) =>
        wire.videosToWire(found, pageOf(readRequest(request, incoming).query, USUAL_PAGE), link),
    }),
    summary: 'The showcase: demo videos of everybody, newest first.',
  },
]
