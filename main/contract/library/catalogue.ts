import { z } from 'zod'
import { Id } from '../id.ts'
import { Done, Instant, operation } from '../operation.ts'

/** LI-2 */
export const VideoType = z.enum(['tutorial', 'webinar', 'demo', 'other'])
export type VideoType = z.infer<typeof VideoType>

/** A web address that others may open: nothing but http and https. */
export const WebUrl = z.url({ protocol: /^https?$/ }).max(2048)

/** Labels as people write them ("C++", "Node.js"): looser than the tags of an upload. */
const Labels = z.array(z.string().trim().min(1).max(50)).max(40)

/**
 * A video as it is published: every uploaded video is one, and so is one that was only registered by its URL, whose
 * bytes are elsewhere.
 */
export const CatalogueVideo = z.object({
  videoId: Id,
  ownerId: Id,
  ownerName: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  videoType: VideoType,
  /** As registered; null for an uploaded one without a title of its own. */
  videoUrl: z.string().nullable(),
  /** As registered; null when the library's own picture is meant. */
  thumbnailUrl: z.string().nullable(),
  /** From the file itself, else as registered; null when unknown. */
  durationSeconds: z.number().nonnegative().nullable(),
  tags: z.array(z.string()),
  techStack: z.array(z.string()),
  projectUrl: z.string().nullable(),
  /** Whether its bytes are in the library. */
  hasFile: z.boolean(),
  /** The library's own picture, below the server's root; null until made, and for one without a file. */
  posterUrl: z.string().nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  totalViews: z.int().nonnegative(),
  likes: z.int().nonnegative(),
  shares: z.int().nonnegative(),
})
export type CatalogueVideo = z.infer<typeof CatalogueVideo>

const Facts = z.object({
  title: z.string().trim().min(1).max(255),
  description: z.string().max(10_000).nullable().optional(),
  videoType: VideoType.optional(),
  videoUrl: WebUrl.nullable().optional(),
  thumbnailUrl: WebUrl.nullable().optional(),
  /** Whole seconds (LI-2). */
  durationSeconds: z.int().nonnegative().nullable().optional(),
  tags: Labels.optional(),
  techStack: Labels.optional(),
  projectUrl: WebUrl.nullable().optional(),
})

const VideoId = z.object({ videoId: Id })

export const registerVideo = operation('catalogue.register', {
  summary: 'Register a video by its URL and metadata; the bytes stay where they are.',
  scope: 'write',
  input: Facts,
  output: CatalogueVideo,
})

export const getCatalogueVideo = operation('catalogue.get', {
  summary: 'One published video.',
  scope: 'read',
  input: VideoId,
  output: CatalogueVideo,
})

export const updateCatalogueVideo = operation('catalogue.update', {
  summary: 'Change what a video is published with. Its owner and admins only.',
  scope: 'write',
  input: VideoId.extend(Facts.partial().shape),
  output: CatalogueVideo,
})

export const deleteCatalogueVideo = operation('catalogue.delete', {
  summary: 'Remove a video, its file with it. Its owner and admins only.',
  scope: 'write',
  input: VideoId,
  output: Done,
  audit: { subject: 'video', target: ({ videoId }) => videoId },
})

export const listCatalogue = operation('catalogue.list', {
  summary: 'The published videos, newest first.',
  scope: 'read',
  input: z.object({
    /** LI-3; the showcase shows everybody's (LI-50). */
    whose: z.enum(['mine', 'all']).default('mine'),
    videoType: VideoType.optional(),
    /** Part of the title or the description, any case. */
    search: z.string().trim().max(500).default(''),
    /** LI-50 */
    tags: z.array(z.string()).default([]),
    techStack: z.array(z.string()).default([]),
    offset: z.int().nonnegative().default(0),
    limit: z.int().min(1).max(100).default(20),
  }),
  output: z.object({ videos: z.array(CatalogueVideo), total: z.int().nonnegative() }),
})
