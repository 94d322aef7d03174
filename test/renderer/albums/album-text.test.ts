import { expect, test } from 'vitest'
import type { AlbumItem, AlbumSummary } from '../../../main/contract/index.ts'
import { amountOf, changedAt, hiddenText, sourcesOf } from '../../../renderer/features/albums/album-text.ts'
import { namedMedia } from '../../../renderer/shared/media/media.ts'
import { albumsNamed } from '../../../renderer/features/albums/list/albums-named.ts'

const album = (title: string, description: string | null = null): AlbumSummary => ({
  albumId: title,
  ownerId: 'o',
  ownerName: 'Owner',
  title,
  description,
  visibility: 'private',
  coverUrl: null,
  firstPictureUrl: null,
  mosaic: [],
  sharePath: null,
  itemCount: 0,
  totalSeconds: 0,
  createdAt: '2026-05-01T08:00:00Z',
  updatedAt: '2026-05-01T08:00:00Z',
})

test('says how much is in an album', () => {
  expect(amountOf({ itemCount: 0, totalSeconds: 0 })).toBe('Empty')
  expect(amountOf({ itemCount: 1, totalSeconds: 0 })).toBe('1 item')
  expect(amountOf({ itemCount: 1014, totalSeconds: 757.4 })).toBe('1,014 items, 12:37')
})

test('counts a video once, however many of its pictures there are', () => {
  const items = ['v1', 'v1', 'v2'].map((videoId) => ({ videoId }) as AlbumItem)
  expect(sourcesOf(items)).toBe('3 items from 2 videos')
})

test('says when it was changed', () => {
  const at = (year: number, month: number, day: number) => new Date(year, month, day, 9, 56)
  const updated = { updatedAt: at(2026, 4, 14).toISOString() }
  expect(changedAt(updated, at(2026, 4, 14))).toBe('Changed today, 09:56')
  expect(changedAt(updated, at(2026, 4, 16))).toBe('Changed Thursday, 09:56')
  expect(changedAt(updated, at(2026, 6, 1))).toBe('Changed 14 May 2026, 09:56')
})

test('says what stays hidden', () => {
  expect(hiddenText(1)).toBe('1 item is hidden from others: it belongs to another user.')
  expect(hiddenText(2)).toBe('2 items are hidden from others: they belong to other users.')
})

test('names what is added by its title, or counts it as what it is', () => {
  const video = { mediaType: 'video', title: 'Gate' } as const
  const photo = { mediaType: 'photo', title: 'Gate at 0:43' } as const
  expect(namedMedia([video])).toBe('“Gate”')
  expect(namedMedia([video, video])).toBe('2 videos')
  expect(namedMedia([photo, photo, photo])).toBe('3 photos')
  expect(namedMedia([photo, video])).toBe('2 items')
})

test('finds an album by all typed words, in any order and case, also in its description', () => {
  const albums = [album('East gate handover', 'What the contractor has to see'), album('Race day')]
  expect(albumsNamed(albums, 'GATE east')).toEqual([albums[0]])
  expect(albumsNamed(albums, 'contractor gate')).toEqual([albums[0]])
  expect(albumsNamed(albums, 'gate race')).toEqual([])
  expect(albumsNamed(albums, ' ')).toEqual(albums)
})
