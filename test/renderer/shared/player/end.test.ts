import { beforeEach, describe, expect, it } from 'vitest'
import { lastInstant } from '../../../../renderer/shared/player/frames.ts'
import { Playback } from '../../../../renderer/shared/player/playback.ts'
import { Seeker } from '../../../../renderer/shared/player/seeker.ts'
import { FakeVideo } from './footage.ts'

const STILL = { request: () => 0, cancel: () => undefined }
const [DURATION, RATE] = [20, 25]
/** Inside the last frame, which begins at 19.96 s. */
const LAST = 19.98

let video: FakeVideo
let playback: Playback

beforeEach(() => {
  video = new FakeVideo()
  playback = new Playback(STILL)
  playback.describe({ duration: DURATION, frameRate: RATE, starts: [0] })
  playback.attach(video.asElement())
  video.show(0)
})

describe('seeking to the end', () => {
  it.each([DURATION, DURATION + 0.001, DURATION + 100, Infinity, LAST])(
    'to %d s shows the last frame, and no instant behind it',
    (time) => {
      playback.seek(time)
      for (let count = 0; count < 5; count += 1) video.arrive()
      expect(video.currentTime).toBeCloseTo(LAST, 6)
      expect(playback.time).toBeLessThan(DURATION)
    },
  )

  it.each([0, -1, -Infinity])('to %d s shows the first frame', (time) => {
    playback.seek(5)
    video.arrive()
    playback.seek(time)
    for (let count = 0; count < 5; count += 1) video.arrive()
    expect(video.currentTime).toBe(0)
  })

  it('by End, and by skipping beyond it, stays inside the last frame', () => {
    playback.toEnd()
    for (let count = 0; count < 5; count += 1) video.arrive()
    expect(video.currentTime).toBeCloseTo(LAST, 2)
    playback.skip(10)
    for (let count = 0; count < 5; count += 1) video.arrive()
    expect(video.currentTime).toBeLessThan(DURATION)
    expect(video.currentTime).toBeGreaterThanOrEqual(DURATION - 1 / RATE)
  })

  it('leaves half a frame, and never less than the start', () => {
    expect(lastInstant(DURATION, RATE)).toBeCloseTo(LAST, 9)
    expect(lastInstant(0.01, RATE)).toBe(0)
    expect(lastInstant(0, RATE)).toBe(0)
  })
})

describe('a seek of the element', () => {
  it.each([
    [25, DURATION],
    [DURATION, DURATION],
    [-3, 0],
    [7, 7],
  ])('to %d s goes to %d s: past the end it might never be told as done', (time, at) => {
    const seeker = new Seeker(
      video.asElement(),
      () => undefined,
      () => true,
    )
    Object.assign(video, { duration: DURATION })
    seeker.seek(time)
    expect(video.currentTime).toBe(at)
  })
})
