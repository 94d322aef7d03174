import * as contract from '../../../../contract/index.ts'
import { readRequest, route, silentRoute, type Route } from '../../route.ts'
import * as wire from './video-wire.ts'
import { pageOf, VideoPath } from '../wire.ts'

const params = VideoPath
const USUAL_PAGE = 20
const listed = { query: wire.ListQuery }

export const videoRoutes: readonly Route[] = [
  route({
    method: 'POST',
    id: 'registerVideo',
    path: '/videos/',
    operation: contract.registerVideo,
    request: { body: wire.RegisterBody },
    status: 201,
    response: wire.VideoBody,
    toInput: ({ body }) => wire.registrationToInput(body),
    toWire: (video, { link }) => wire.videoToWire(video, link),
  }),
  route({
    method: 'GET',
    id: 'listVideos',
    path: '/videos/',
    operation: contract.listCatalogue,
    request: listed,
    response: wire.VideoListBody,
    toInput: ({ query }) => {
      const { offset, limit } = pageOf(query, USUAL_PAGE)
      return {
        ...{ whose: 'mine' as const, offset, limit, ...wire.filterToInput(query) },
        ...(query.video_type ? { videoType: query.video_type } : {}),
      }
    },
    toWire: (found, { request, link }) =>
      wire.videosToWire(found, pageOf(readRequest(listed, request).query, USUAL_PAGE), link),
  }),
  route({
    method: 'GET',
    id: 'getVideo',
    path: '/videos/:video_id',
    operation: contract.getCatalogueVideo,
    request: { params },
    response: wire.VideoBody,
    toInput: ({ params: { video_id } }) => ({ videoId: video_id }),
    toWire: (video, { link }) => wire.videoToWire(video, link),
  }),
  route({
    method: 'PUT',
    id: 'updateVideo',
    path: '/videos/:video_id',
    operation: contract.updateCatalogueVideo,
    request: { params, body: wire.UpdateBody },
    response: wire.VideoBody,
    toInput: ({ params: { video_id }, body }) => ({
      videoId: video_id,
      ...wire.changeToInput(wire.withoutOwnLinks(video_id, body)),
    }),
    toWire: (video, { link }) => wire.videoToWire(video, link),
  }),
  silentRoute({
    method: 'DELETE',
    id: 'deleteVideo',
    path: '/videos/:video_id',
    operation: contract.deleteCatalogueVideo,
    request: { params },
    toInput: ({ params: { video_id } }) => ({ videoId: video_id }),
  }),
]
