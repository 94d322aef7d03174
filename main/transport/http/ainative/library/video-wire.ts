import { z } from 'zod'
import { type CatalogueVideo, Id, Instant, registerVideo, VideoType } from '../../../../contract/index.ts'
import { mediaPath } from '../../../../contract/media-urls.ts'
import { snakeKeys, withoutNulls, withoutUndefined } from '../../fields.ts'
import { Listed, PageQuery, type Page } from '../wire.ts'

const { shape: facts } = registerVideo.input

/** As the published example has it. */
const REGISTRATION = {
  ...{ title: 'Building a REST API', description: 'From an empty folder to a running service.' },
  ...{ video_type: 'tutorial' as const, video_url: 'https://example.com/rest-api.mp4' },
  ...{ thumbnail_url: 'https://example.com/rest-api.jpg', duration: 2340, tags: ['python', 'api'] },
  ...{ tech_stack: ['FastAPI', 'PostgreSQL'], project_url: 'https://example.com/projects/rest-api' },
}

const Facts = z.object({
  title: facts.title,
  description: facts.description,
  video_type: facts.videoType.nullable(),
  video_url: facts.videoUrl,
  thumbnail_url: facts.thumbnailUrl,
  duration: facts.durationSeconds.describe('Duration in seconds.'),
  tags: facts.tags.nullable(),
  tech_stack: facts.techStack.nullable(),
  project_url: facts.projectUrl,
})
type Facts = z.output<typeof Facts>

export const RegisterBody = Facts.meta({ id: 'VideoRegistration', examples: [REGISTRATION] })
export const UpdateBody = Facts.partial().meta({ id: 'VideoChange', examples: [{ title: 'Building a web API' }] })

const VIDEO = {
  ...{ video_id: '550e8400-e29b-41d4-a716-446655440000', id: '550e8400-e29b-41d4-a716-446655440000' },
  ...REGISTRATION,
  ...{ duration_seconds: 2340, has_file: false, user_id: '7f1d6a52-8e0c-4a53-9d2b-6a3f0c1e2d4b', author: 'alice' },
  ...{ total_views: 12_430, likes: 432, shares: 89 },
  ...{ created_at: '2026-03-15T10:00:00Z', updated_at: '2026-03-15T10:00:00Z' },
}

const Count = z.int().nonnegative()

export const VideoBody = z
  .object({
    video_id: Id,
    id: Id.describe('The same as video_id.'),
    title: z.string(),
    description: z.string().nullable(),
    video_type: VideoType,
    video_url: z.string().nullable().describe('As registered; of an uploaded video its bytes, by a signed URL.'),
    thumbnail_url: z.string().nullable(),
    duration: Count.nullable().describe('Whole seconds.'),
    duration_seconds: z.number().nullable().describe('The same, exactly.'),
    tags: z.array(z.string()),
    tech_stack: z.array(z.string()),
    project_url: z.string().nullable(),
    has_file: z.boolean().describe('Whether its bytes are in this library.'),
    user_id: Id.describe('The owner.'),
    author: z.string().describe("The owner's name."),
    total_views: Count,
    likes: Count,
    shares: Count,
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'PublishedVideo', examples: [VIDEO] })

export const VideoListBody = z
  .object({ videos: z.array(VideoBody), total: Count, page: Count, limit: Count })
  .meta({ id: 'PublishedVideos', examples: [{ videos: [VIDEO], total: 1, page: 1, limit: 20 }] })

export const ListQuery = PageQuery.extend({
  video_type: VideoType.optional(),
  search: z.string().max(500).optional().describe('Part of the title or the description, any case.'),
  tags: Listed.optional().describe('Any of these, separated by commas.'),
  tech_stack: Listed.optional().describe('Any of these, separated by commas.'),
})

/** LI-50 */
export const ShowcaseQuery = ListQuery.omit({ video_type: true })

type Link = (path: string) => string

/** A body as it was read, with links of ours in it, changes nothing there: such a link ends, and is made anew each time. */
export function withoutOwnLinks<T extends z.output<typeof UpdateBody>>(videoId: string, body: T): T {
  const poster = mediaPath.poster(videoId, 1)?.split('?')[0]
  const isOurs = (url: string | null | undefined, pathname: string | undefined): boolean =>
    url != null && URL.canParse(url) && new URL(url).pathname === pathname
  const { video_url, thumbnail_url } = body
  return {
    ...body,
    ...(isOurs(video_url, mediaPath.file(videoId)) && { video_url: undefined }),
    ...(isOurs(thumbnail_url, poster) && { thumbnail_url: undefined }),
  }
}

export function registrationToInput(body: Facts) {
  return { title: body.title, ...withoutNulls(optionalFacts(body)) }
}

/** What is named and null is emptied. */
export function changeToInput({ title, ...body }: z.output<typeof UpdateBody>) {
  const { videoType, tags, techStack, ...nullable } = withoutUndefined({ title, ...optionalFacts(body) })
  return {
    ...nullable,
    ...(videoType === undefined ? {} : { videoType: videoType ?? ('other' as const) }),
    ...(tags === undefined ? {} : { tags: tags ?? [] }),
    ...(techStack === undefined ? {} : { techStack: techStack ?? [] }),
  }
}

function optionalFacts(body: Omit<z.output<typeof UpdateBody>, 'title'>) {
  return {
    description: body.description,
    videoType: body.video_type,
    videoUrl: body.video_url,
    thumbnailUrl: body.thumbnail_url,
    durationSeconds: body.duration,
    tags: body.tags,
    techStack: body.tech_stack,
    projectUrl: body.project_url,
  }
}

export function filterToInput(query: z.output<typeof ShowcaseQuery>) {
  const { search = '', tags = [], tech_stack: techStack = [] } = query
  return { search, tags, techStack }
}

/** @param link makes the signed URL of a path of ours. */
export function videoToWire(video: CatalogueVideo, link: Link): z.input<typeof VideoBody> {
  const { videoId, hasFile, posterUrl, durationSeconds } = video
  return {
    ...snakeKeys(video),
    id: videoId,
    video_url: video.videoUrl ?? (hasFile ? link(mediaPath.file(videoId)) : null),
    thumbnail_url: video.thumbnailUrl ?? (posterUrl === null ? null : link(posterUrl)),
    duration: durationSeconds === null ? null : Math.round(durationSeconds),
    user_id: video.ownerId,
    author: video.ownerName,
  }
}

export function videosToWire(
  { videos, total }: { videos: readonly CatalogueVideo[]; total: number },
  { page, limit }: Page,
  link: Link,
): z.input<typeof VideoListBody> {
  return { videos: videos.map((video) => videoToWire(video, link)), total, page, limit }
}
