import { z } from 'zod'
import {
  addAlbumItem,
  type Album,
  type AlbumItem,
  type AlbumSummary,
  createAlbum,
  Id,
  Instant,
  MediaType,
  Visibility,
} from '../../../../contract/index.ts'
import { snakeKeys, withoutNulls, withoutUndefined } from '../../fields.ts'
import { PathId } from '../wire.ts'

const ALBUM_ID = '1c7e4a52-8e0c-4a53-9d2b-6a3f0c1e2d4b'
const ITEM_ID = '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d'
const VIDEO_ID = '550e8400-e29b-41d4-a716-446655440000'
const ITEM_URL = `http://127.0.0.1:8787/api/v1/albums/${ALBUM_ID}/items/${ITEM_ID}`

/** As the published example has it. */
const CREATION = {
  ...{ title: 'Coding sessions 2026', description: 'My recorded coding sessions' },
  ...{ visibility: 'public' as const, cover_url: 'https://example.com/cover.jpg' },
}
const ADDITION = { media_type: 'video' as const, media_id: VIDEO_ID, caption: 'Episode 42' }

const ITEM = {
  ...{ item_id: ITEM_ID, id: ITEM_ID, ...ADDITION, order: 0, title: 'Building a REST API' },
  ...{ duration_seconds: 2340, width: 1920, height: 1080, video_id: VIDEO_ID, at_seconds: 0 },
  ...{ thumbnail_url: `${ITEM_URL}/thumbnail?v=1`, media_url: `${ITEM_URL}/media`, added_at: '2026-03-15T10:05:00Z' },
}
const SUMMARY = {
  ...{ album_id: ALBUM_ID, id: ALBUM_ID, ...CREATION, owner_id: '7f1d6a52-8e0c-4a53-9d2b-6a3f0c1e2d4b' },
  ...{ owner_name: 'alice', item_count: 1, total_seconds: 2340 },
  ...{ share_url: `http://127.0.0.1:8787/albums/${ALBUM_ID}` },
  ...{ created_at: '2026-03-15T10:00:00Z', updated_at: '2026-03-15T10:05:00Z' },
}

const { shape: facts } = createAlbum.input
const { shape: addition } = addAlbumItem.input

const Facts = z.object({
  title: facts.title,
  description: facts.description,
  visibility: Visibility.nullish().describe('private when not said.'),
  cover_url: facts.coverUrl.describe("Without one, the first item's picture stands for the album."),
})
type Facts = z.output<typeof Facts>

export const CreateAlbumBody = Facts.meta({ id: 'AlbumCreation', examples: [CREATION] })
export const UpdateAlbumBody = Facts.partial().meta({ id: 'AlbumChange', examples: [{ visibility: 'unlisted' }] })

export const AlbumPath = z.object({ album_id: PathId })
export const ItemPath = AlbumPath.extend({ item_id: PathId })

export const AddItemBody = z
  .object({
    media_type: MediaType,
    media_id: addition.mediaId.describe("A video's id; for a photo the id of the scene whose picture it is."),
    caption: addition.caption.unwrap().optional(),
    order: addition.order.nullable().describe('Its place, from 0; the last one when not said.'),
  })
  .meta({ id: 'AlbumAddition', examples: [ADDITION] })

export const CaptionBody = z
  .object({ caption: addition.caption.unwrap() })
  .meta({ id: 'AlbumCaption', examples: [{ caption: 'Episode 43' }] })

export const ReorderBody = z
  .object({
    item_orders: z
      .array(z.object({ item_id: Id, order: z.int().nonnegative() }))
      .min(1)
      .max(10_000)
      .describe('Items come in this order; those that are left out follow in the order they had.'),
  })
  .meta({ id: 'AlbumOrder', examples: [{ item_orders: [{ item_id: ITEM_ID, order: 0 }] }] })

const Count = z.int().nonnegative()

export const ItemBody = z
  .object({
    item_id: Id,
    id: Id.describe('The same as item_id.'),
    media_type: MediaType,
    media_id: Id,
    caption: z.string().nullable(),
    order: Count.describe('0, 1, 2… without gaps.'),
    title: z.string().describe('Of the video that it is or comes from.'),
    duration_seconds: z.number().nullable(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    video_id: Id,
    at_seconds: z.number().describe('Where a photo is taken from its video; 0 for a video.'),
    thumbnail_url: z.string().nullable(),
    media_url: z.string().nullable().describe('What plays or shows it; null while it is made.'),
    added_at: Instant,
  })
  .meta({ id: 'AlbumItem', examples: [ITEM] })

const SummaryShape = z.object({
  album_id: Id,
  id: Id.describe('The same as album_id.'),
  title: z.string(),
  description: z.string().nullable(),
  visibility: Visibility,
  cover_url: z.string().nullable().describe('As set, else the picture of the first item that has one.'),
  owner_id: Id,
  owner_name: z.string(),
  item_count: Count,
  total_seconds: z.number().describe('Of its videos, together.'),
  share_url: z.string().nullable().describe('A page for browsers; null while the album is private.'),
  created_at: Instant,
  updated_at: Instant,
})

export const AlbumBody = SummaryShape.extend({
  items: z.array(ItemBody).describe('In order; all of them unless a part was asked for.'),
}).meta({ id: 'Album', examples: [{ ...SUMMARY, items: [ITEM] }] })

export const AlbumListBody = z
  .object({ albums: z.array(SummaryShape), total: Count, page: Count, page_size: Count })
  .meta({ id: 'Albums', examples: [{ albums: [SUMMARY], total: 1, page: 1, page_size: 20 }] })

export function creationToInput({ title, description, visibility, cover_url }: Facts) {
  return { title, ...withoutNulls({ description, visibility, coverUrl: cover_url }) }
}

/** What is named and null is emptied; an album is always visible to somebody. */
export function changeToInput({ visibility, cover_url: coverUrl, ...rest }: z.output<typeof UpdateAlbumBody>) {
  return { ...withoutUndefined({ ...rest, coverUrl }), ...withoutNulls({ visibility }) }
}

/** Without its items. @param baseUrl where this server answers: URLs of the wire are absolute. */
export function emptyAlbumToWire(album: Album, baseUrl: string): z.input<typeof AlbumBody> {
  return { ...summaryToWire(album, baseUrl), items: [] }
}

export function summaryToWire(album: AlbumSummary, baseUrl: string): z.input<typeof SummaryShape> {
  return {
    ...snakeKeys(album),
    id: album.albumId,
    cover_url: album.coverUrl ?? absolute(album.firstPictureUrl, baseUrl),
    share_url: absolute(album.sharePath, baseUrl),
  }
}

export function itemToWire(item: AlbumItem, baseUrl: string): z.input<typeof ItemBody> {
  return {
    ...snakeKeys(item),
    id: item.itemId,
    thumbnail_url: item.registeredThumbnailUrl ?? absolute(item.thumbnailUrl, baseUrl),
    media_url: absolute(item.mediaUrl, baseUrl) ?? item.registeredVideoUrl,
  }
}

/** Paths of ours become absolute; what is elsewhere is so already. */
function absolute(url: string | null, baseUrl: string): string | null {
  return url?.startsWith('/') ? baseUrl + url : url
}
