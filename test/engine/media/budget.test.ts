import { describe, expect, it } from 'vitest'
import {
  assertFewStreams,
  assertPictureSize,
  assertWithinBudget,
  ListingBudget,
} from '../../../main/engine/media/budget.ts'
import { FfprobeAnswer } from '../../../main/engine/media/ffprobe-answer.ts'

const MIB = 1024 * 1024
const tooMuch = { code: 'invalid_video', details: { tooMuch: true } }

/** What ffprobe says of a film. */
function assertFilm({ streams = 1, width = 640, height = 360, frames = 100 }): void {
  const video = { index: 0, codec_type: 'video', width, height, nb_frames: String(frames) }
  const answer = FfprobeAnswer.parse({ streams: Array.from({ length: streams }, () => video), format: {} })
  assertFewStreams(answer)
  assertWithinBudget(answer.streams[0]!)
}

describe('a film', () => {
  it.each([{ streams: 128 }, { width: 16_384, height: 16 }, { width: 16, height: 16_384 }, { frames: 10_000_000 }])(
    'of the most that there may be is read: %j',
    (film) => {
      expect(() => assertFilm(film)).not.toThrow()
    },
  )

  it.each([
    { streams: 129 },
    { width: 16_385, height: 16 },
    { width: 16, height: 16_385 },
    { width: 16_000, height: 16_000 },
    { frames: 10_000_001 },
  ])('of more is refused: %j', (film) => {
    expect(() => assertFilm(film)).toThrow(expect.objectContaining(tooMuch))
  })
})

it('a picture is refused by its area, too', () => {
  expect(() => assertPictureSize(8192, 4320)).not.toThrow()
  expect(() => assertPictureSize(16_384, 16_384)).toThrow(expect.objectContaining(tooMuch))
})

describe('a listing of frames', () => {
  it('may name four times the bytes of its file, and 4 MiB more', () => {
    const listing = new ListingBudget(10 * MIB)
    for (let frame = 0; frame < 44; frame += 1) listing.add(MIB)
    expect(() => listing.add(1)).toThrow(expect.objectContaining(tooMuch))
  })
})
