import { beforeEach, describe, expect, it, vi } from 'vitest'
import { FrameIndex } from '../../../../main/contract/index.ts'
import { SeekStrategy } from '../../../../renderer/shared/player/seek-strategy.ts'
import { endTimecode, frameTimecode } from '../../../../renderer/shared/player/frames.ts'
import { Playback } from '../../../../renderer/shared/player/playback.ts'
import { FakeVideo } from './footage.ts'

/** Frames at these hundredths of a second. */
function clockOf(hundredths: readonly number[], last = 4): FrameIndex {
  return new FrameIndex({ ticks: hundredths, ticksPerSecond: [100, 1], lastTicks: last, keys: new Set([0]) })
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at)

const UNEVEN = clockOf([0, 4, 5, 13, 17, 95, 99, 103, 104, 108])

describe('steps through uneven video', () => {
  let video: FakeVideo
  let playback: Playback

  beforeEach(() => {
    video = new FakeVideo()
    playback = new Playback({ request: () => 0, cancel: () => undefined })
    playback.describe({ duration: 1.12, frameRate: 9, starts: [0], frames: { clock: UNEVEN, clockStart: 3 } })
    playback.attach(video.asElement())
    arriveWith(0)
  })

  /** The seek under way ends with this frame. */
  const arriveWith = (frame: number): void => {
    video.seeking = false
    video.tell('seeked')
    video.show(3 + UNEVEN.timeOf(frame))
  }

  it('go from frame to frame, on the clock of the file', () => {
    for (let frame = 1; frame < UNEVEN.count; frame += 1) {
      playback.stepFrames(1)
      expect(UNEVEN.frameAt(video.currentTime - 3)).toBe(frame)
      arriveWith(frame)
      expect(playback.time).toBeCloseTo(UNEVEN.timeOf(frame), 9)
    }
    playback.stepFrames(-4)
    expect(UNEVEN.frameAt(video.currentTime - 3)).toBe(5)
  })

  it('seek again when the browser shows a neighbour, and count from the frame that was meant', () => {
    playback.stepFrames(3)
    const first = video.currentTime
    arriveWith(4)
    expect(video.currentTime).toBeLessThan(first)
    playback.stepFrames(1)
    arriveWith(3)
    arriveWith(4)
    expect(playback.time).toBeCloseTo(UNEVEN.timeOf(4), 9)
  })

  it('take the frame that came after enough tries, and say so truly', () => {
    vi.useFakeTimers()
    playback.stepFrames(2)
    for (let tries = 0; tries < 20; tries += 1) arriveWith(3)
    vi.useRealTimers()
    expect(playback.time).toBeCloseTo(UNEVEN.timeOf(3), 9)
    playback.stepFrames(1)
    expect(UNEVEN.frameAt(video.currentTime - 3)).toBe(4)
  })

  it('mark in and out by whole frames', () => {
    playback.stepFrames(3)
    arriveWith(3)
    playback.markIn()
    playback.stepFrames(1)
    arriveWith(4)
    playback.markOut()
    expect(playback.state.getState()).toMatchObject({ inPoint: 0.13, outPoint: 0.95 })
  })
})

it('aims at the other side of what came, until it is between', () => {
  // A browser that takes every frame to last 4 hundredths, whatever comes next.
  const shows = (time: number): number => {
    const until = (frame: number): number => UNEVEN.timeOf(frame) + 0.04
    let frame = 0
    while (frame < UNEVEN.count - 1 && until(frame) <= time) frame += 1
    return frame
  }
  for (let frame = 0; frame < UNEVEN.count; frame += 1) {
    const aim = new SeekStrategy(UNEVEN, frame)
    while (shows(aim.goal) !== frame && aim.missed(shows(aim.goal), Infinity) === 'seek');
    expect(shows(aim.goal)).toBe(frame)
  }
})

describe('time codes', () => {
  it('count the frames of a steady rate from the start, and say uneven ones by their time', () => {
    const steady = clockOf(Array.from({ length: 60 }, (_, frame) => 8 + 4 * frame))
    expect([0.08, 0.12, 1.08, 2.4].map((time) => frameTimecode(steady, time, 25))).toEqual([
      '00:00:00:00',
      '00:00:00:01',
      '00:00:01:00',
      '00:00:02:08',
    ])
    expect([0, 0.14, 0.99, 1.03, 1.09].map((time) => frameTimecode(UNEVEN, time, 9))).toEqual([
      '00:00:00:00',
      '00:00:00:13',
      '00:00:00:99',
      '00:00:01:03',
      '00:00:01:08',
    ])
  })

  it.each([
    [
      '12.5 frames a second',
      Array.from({ length: 500 }, (_, frame) => 8 * frame),
      8,
      12.5,
      '00:00:39:11',
      '00:00:40:00',
    ],
    ['a frame in ten seconds', [0, 1000, 2000, 3000], 1000, 0.1, '00:00:30:00', '00:00:40:00'],
    [
      'AVI with every third frame empty',
      upTo(100)
        .filter((n) => n % 3 !== 2)
        .map((n) => 4 * n),
      4,
      16.667,
      '00:00:03:24',
      '00:00:04:00',
    ],
    ['a picture that begins half a second late', upTo(100).map((n) => 50 + 4 * n), 4, 25, '00:00:04:11', '00:00:04:12'],
    [
      'a picture that begins a frame after the sound',
      upTo(100).map((n) => 2 + 4 * n),
      4,
      25,
      '00:00:03:24',
      '00:00:04:00',
    ],
    [
      '25 frames and a pause of two hours',
      upTo(100).map((n) => 4 * n + (n > 50 ? 720_000 : 0)),
      4,
      25,
      '02:00:03:24',
      '02:00:04:00',
    ],
  ])('of %s end where the last frame does', (_, hundredths, last, rate, atLast, atEnd) => {
    const clock = clockOf(hundredths, last)
    const shown = [frameTimecode(clock, clock.timeOf(clock.count - 1), rate), endTimecode(clock, clock.end, rate)]
    expect(shown).toEqual([atLast, atEnd])
  })
})
