import { z } from 'zod'
import { Id } from '../id.ts'
import { WebUrl } from '../library/catalogue.ts'
import { Done, Instant, operation, StoredFile } from '../operation.ts'

/** LI-40, LI-42. Who has the link of an unlisted one may read it; it is listed nowhere. */
export const Visibility = z.enum(['private', 'unlisted', 'public'])
export type Visibility = z.infer<typeof Visibility>
export const MediaType = z.enum(['photo', 'video'])
export type MediaType = z.infer<typeof MediaType>

export const AlbumItem = z.object({
  itemId: Id,
  mediaType: MediaType,
  /** A video's id; for a photo the id of the scene whose picture it is. */
  mediaId: Id,
  caption: z.string().nullable(),
  /** 0, 1, 2… without gaps, in the order of display. */
  order: z.int().nonnegative(),
  title: z.string(),
  durationSeconds: z.number().nonnegative().nullable(),
  /** Pixels as displayed; null when unknown. */
  width: z.int().positive().nullable(),
  height: z.int().positive().nullable(),
  /** The video that it is or comes from. */
  videoId: Id,
  /** Where a photo was taken in its video, seconds; 0 for a video. */
  atSeconds: z.number().nonnegative(),
  /** Of the media protocol and below the server's root, for whoever may read the album; null until made. */
  thumbnailUrl: z.string().nullable(),
  /** What plays here, or the picture; null while it is being made, and for a video whose bytes are elsewhere. */
  mediaUrl: z.string().nullable(),
  /** As its video was registered with; null without. Other sites: never to be loaded unasked. */
  registeredVideoUrl: z.string().nullable(),
  registeredThumbnailUrl: z.string().nullable(),
  addedAt: Instant,
})
export type AlbumItem = z.infer<typeof AlbumItem>

export const AlbumSummary = z.object({
  albumId: Id,
  ownerId: Id,
  ownerName: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  visibility: Visibility,
  /** As set; null when the first item's picture stands for it. */
  coverUrl: z.string().nullable(),
  /** The first picture among its items, perhaps a registered one of another site; null without any. */
  firstPictureUrl: z.string().nullable(),
  /** Pictures of the first items, at most four, for a mosaic. */
  mosaic: z.array(z.string()),
  itemCount: z.int().nonnegative(),
  /** Of its videos, together. */
  totalSeconds: z.number().nonnegative(),
  /** Where others read it in a browser, below the server's root; null while it is private. */
  sharePath: z.string().nullable(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type AlbumSummary = z.infer<typeof AlbumSummary>

export const Album = AlbumSummary.extend({
  /** In order; those that were asked for. */
  items: z.array(AlbumItem),
  /** How many of the items nobody without a key sees, as their video is not the album owner's. 0 for everybody else. */
  hiddenFromOthers: z.int().nonnegative(),
})
export type Album = z.infer<typeof Album>

const AlbumId = z.object({ albumId: Id })
const Facts = z.object({
  title: z.string().trim().min(1).max(255),
  description: z.string().max(10_000).nullable().optional(),
  visibility: Visibility.optional(),
  coverUrl: WebUrl.nullable().optional(),
})
const Caption = z.string().trim().max(2000).nullable()

export const createAlbum = operation('albums.create', {
  summary: 'Make an album; private unless told otherwise.',
  scope: 'write',
  input: Facts,
  output: Album,
  audit: {
    subject: 'album',
    // A private one has no public page.
    when: ({ visibility = 'private' }) => visibility !== 'private',
    target: (_input, output) => output?.albumId ?? null,
    details: ({ title, visibility }) => ({ name: title, visibility }),
  },
})

export const listAlbums = operation('albums.list', {
  summary: 'The albums of the caller, newest first.',
  scope: 'read',
  input: z.object({ offset: z.int().nonnegative().default(0), limit: z.int().min(1).max(100).default(20) }),
  output: z.object({ albums: z.array(AlbumSummary), total: z.int().nonnegative() }),
})

export const getAlbum = operation('albums.get', {
  summary: 'An album with its items. Public and unlisted ones need no key.',
  scope: 'none',
  input: AlbumId.extend({
    offset: z.int().nonnegative().default(0),
    /** All of them when not said. */
    limit: z.int().positive().optional(),
  }),
  output: Album,
})

export const updateAlbum = operation('albums.update', {
  summary: 'Change what an album is called, its cover or who may see it. Its owner and admins only.',
  scope: 'write',
  input: AlbumId.extend(Facts.partial().shape),
  output: Album,
  audit: {
    subject: 'album',
    when: ({ visibility }) => visibility !== undefined,
    target: ({ albumId }) => albumId,
    details: ({ visibility }) => ({ visibility }),
  },
})

export const deleteAlbum = operation('albums.delete', {
  summary: 'Remove an album with its items, not their media; the window can bring it back for 10 minutes.',
  scope: 'write',
  input: AlbumId,
  output: Done,
  audit: { subject: 'album', target: ({ albumId }) => albumId },
})

export const restoreAlbum = operation('albums.restore', {
  summary: 'Undo the deletion of an album.',
  scope: 'write',
  input: AlbumId,
  output: Album,
  audit: { subject: 'album', target: ({ albumId }) => albumId },
})

export const addAlbumItem = operation('albums.addItem', {
  summary: 'Put a video or a photo into an album, at the end unless told where.',
  scope: 'write',
  input: AlbumId.extend({
    mediaType: MediaType,
    mediaId: Id,
    caption: Caption.default(null),
    order: z.int().nonnegative().optional(),
  }),
  output: AlbumItem,
})

export const updateAlbumItem = operation('albums.updateItem', {
  summary: 'Change the caption of an item.',
  scope: 'write',
  input: AlbumId.extend({ itemId: Id, caption: Caption }),
  output: AlbumItem,
})

export const removeAlbumItem = operation('albums.removeItem', {
  summary: 'Take an item out of an album; its media stays.',
  scope: 'write',
  input: AlbumId.extend({ itemId: Id }),
  output: Done,
})

export const reorderAlbum = operation('albums.reorder', {
  summary: 'Change the order of items: those listed come first, the others keep theirs.',
  scope: 'write',
  input: AlbumId.extend({
    itemOrders: z
      .array(z.object({ itemId: Id, order: z.int().nonnegative() }))
      .min(1)
      .max(10_000),
  }),
  output: Done,
})

export const openAlbumItem = operation('albums.openItem', {
  summary: 'The bytes of an item, or its picture, for whoever may read the album.',
  scope: 'none',
  input: AlbumId.extend({ itemId: Id, which: z.enum(['media', 'thumbnail']) }),
  output: StoredFile,
  inProcess: true,
})
