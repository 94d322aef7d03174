import { expect, test } from 'vitest'
import { VideoSequence } from '../../../renderer/features/library/video-sequence.ts'

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const sequence = (count: number) =>
  new VideoSequence({
    ids: Array.from({ length: count }, (_, number) => id(number)).join(''),
    seconds: Float64Array.from({ length: count }, (_, number) => number),
    bytes: Float64Array.from({ length: count }, () => 10),
    days: [],
    counts: { all: count, working: 0, failed: 0 },
  })

test('finds a video by its place, and its place by its id', () => {
  const videos = sequence(3)
  expect(videos.length).toBe(3)
  expect([videos.at(0), videos.at(2), videos.at(3), videos.at(-1)]).toEqual([id(0), id(2), undefined, undefined])
  expect([videos.indexOf(id(1)), videos.indexOf(id(7)), videos.indexOf(null)]).toEqual([1, -1, -1])
  expect(videos.slice(1, 9)).toEqual([id(1), id(2)])
})

test.each([3, 100])('of %i selected ones it tells those that are shown, in order, and their sums', (count) => {
  const chosen = new Set([id(500), ...Array.from({ length: count }, (_, number) => id(count - number))])
  const { ids, seconds, bytes } = sequence(200).among(chosen)
  expect(ids).toEqual(Array.from({ length: count }, (_, number) => id(number + 1)))
  expect({ seconds, bytes }).toEqual({ seconds: (count * (count + 1)) / 2, bytes: 10 * count })
})

test('after a deletion the next one has the keyboard, else the one before', () => {
  const videos = sequence(4)
  expect(videos.survivor(new Set([id(1), id(2)]))).toBe(id(3))
  expect(videos.survivor(new Set([id(2), id(3)]))).toBe(id(1))
  expect(videos.survivor(new Set([0, 1, 2, 3].map(id)))).toBeNull()
})

test('before the engine has answered it is empty', () => {
  expect([new VideoSequence().length, new VideoSequence().at(0)]).toEqual([0, undefined])
})
