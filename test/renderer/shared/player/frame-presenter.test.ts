import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FrameIndex } from '../../../../main/contract/index.ts'
import { Playback } from '../../../../renderer/shared/player/playback.ts'
import { FakeVideo } from './footage.ts'

/** A hundred frames, 25 a second. */
const INDEX = new FrameIndex({
  ticks: Array.from({ length: 100 }, (_, frame) => frame),
  ticksPerSecond: [25, 1],
  lastTicks: 1,
  keys: new Set([0]),
})

/** Frames whose packets claim to end before this one begins to count: seeking to them shows the one after. */
const UNREACHABLE = 7
const middle = (frame: number): number => INDEX.timeOf(frame) + 0.02

let video: FakeVideo
let playback: Playback
const state = () => playback.state.getState()
const frame = (): number => INDEX.frameAt(playback.time)
const tellSeeked = (): void => {
  video.seeking = false
  video.tell('seeked')
}
const show = (shown: number, presentationTime?: number): void => video.show(INDEX.timeOf(shown), 0, presentationTime)
/** The seek under way ends as Chromium ends it. */
const arrive = (): void => {
  tellSeeked()
  const there = INDEX.frameAt(video.currentTime)
  show(there === UNREACHABLE ? there + 1 : there)
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  vi.advanceTimersByTime(1000)
  video = new FakeVideo()
  video.duration = 4
  playback = new Playback({ request: () => 0, cancel: () => undefined })
  playback.describe({ duration: 4, frameRate: 25, starts: [0], frames: { clock: INDEX, clockStart: 0 } })
  playback.attach(video.asElement())
  show(0)
})

afterEach(() => vi.useRealTimers())

it('tells which frame is on screen, also while another one is sought', () => {
  const seen: number[] = []
  const stop = playback.onPicture((time) => seen.push(INDEX.frameAt(time)))
  playback.stepFrames(40)
  expect(INDEX.frameAt(playback.pictureTime ?? -1)).toBe(0)
  expect(frame()).toBe(40)
  arrive()
  expect(INDEX.frameAt(playback.pictureTime ?? -1)).toBe(40)
  stop()
  playback.stepFrames(1)
  arrive()
  expect(seen).toEqual([40])
})

describe('on a busy machine', () => {
  it('waits for the frame of a seek however late, and takes no earlier one for its own', () => {
    playback.stepFrames(40)
    tellSeeked()
    vi.advanceTimersByTime(400)
    expect([video.sought, frame()]).toEqual([[middle(40)], 40])
    show(40)
    expect([video.sought, frame()]).toEqual([[middle(40)], 40])
  })

  it('does not take a frame that was put up before a seek for what the seek brought', () => {
    playback.stepFrames(39)
    const before = performance.now()
    tellSeeked()
    vi.advanceTimersByTime(200)
    playback.stepFrames(1)
    vi.advanceTimersByTime(5)
    tellSeeked()
    show(39, before)
    vi.advanceTimersByTime(5)
    show(40)
    expect([video.sought, frame()]).toEqual([[middle(39), middle(40)], 40])
  })

  it('seeks again when no frame callback comes, and gives up after a few times', () => {
    playback.stepFrames(40)
    tellSeeked()
    vi.advanceTimersByTime(700)
    expect(video.sought.map((time) => INDEX.frameAt(time))).toEqual([40, 40])
    expect(video.sought[1]).not.toBe(video.sought[0])
    for (let count = 0; count < 9; count += 1) {
      tellSeeked()
      vi.advanceTimersByTime(700)
    }
    expect([video.sought.length, state().arriving, frame()]).toEqual([4, false, 40])
  })

  it('sends back a frame that came after the right one', () => {
    playback.stepFrames(40)
    arrive()
    show(41)
    while (video.seeking) arrive()
    expect(INDEX.frameAt(video.currentTime)).toBe(40)
    expect(frame()).toBe(40)
  })

  it('says while the picture is on its way', () => {
    playback.stepFrames(1)
    expect(state().arriving).toBe(true)
    tellSeeked()
    expect(state().arriving).toBe(true)
    show(1)
    expect(state().arriving).toBe(false)
  })
})

it('seeks again where the element lost the seek, as Chromium does after ending on its last frame', () => {
  playback.toEnd()
  arrive()
  video.ended = true
  playback.stepFrames(-1)
  video.tell('seeking')
  expect(video.sought.slice(-2)).toEqual([middle(98), middle(98)])
  video.ended = false
  video.tell('seeking')
  arrive()
  expect([video.sought.length, frame()]).toEqual([3, 98])
})

it('is at the first frame of a file whose sound begins earlier', () => {
  playback = new Playback({ request: () => 0, cancel: () => undefined })
  video = new FakeVideo()
  playback.attach(video.asElement())
  playback.describe({ duration: 4, frameRate: 25, starts: [0], frames: { clock: INDEX, clockStart: -0.007 } })
  expect(video.sought).toEqual([0])
  video.seeking = false
  video.tell('loadeddata')
  video.show(0)
  expect([state().arriving, frame()]).toEqual([false, 0])
})

describe('a frame that no seek brings', () => {
  const goToIt = (): void => {
    playback.stepFrames(UNREACHABLE)
    while (video.seeking) arrive()
  }

  it('is reached by playing muted and slowly, which does not count as playing', () => {
    goToIt()
    expect([video.paused, video.muted, video.playbackRate < 0.3, state().playing]).toEqual([false, true, true, false])
    show(UNREACHABLE - 1)
    expect(video.paused).toBe(false)
    show(UNREACHABLE)
    expect([video.paused, video.muted, video.playbackRate]).toEqual([true, false, 1])
    expect([state().playing, state().arriving, frame()]).toEqual([false, false, UNREACHABLE])
  })

  it('is tried again, slower, when it was passed; then the frame that came is reported', () => {
    goToIt()
    const rate = video.playbackRate
    show(UNREACHABLE + 1)
    while (video.seeking) arrive()
    expect(video.paused).toBe(false)
    expect(video.playbackRate).toBeLessThan(rate)
    show(UNREACHABLE + 1)
    while (video.seeking) arrive()
    expect([video.paused, frame()]).toEqual([true, UNREACHABLE + 1])
  })

  it('is let go of by the next step', () => {
    goToIt()
    playback.stepFrames(2)
    expect([video.paused, video.playbackRate, video.muted]).toEqual([true, 1, false])
    arrive()
    expect(frame()).toBe(UNREACHABLE + 2)
  })

  it('is let go of by playing', () => {
    goToIt()
    playback.play()
    expect([video.paused, video.playbackRate, video.muted, state().playing]).toEqual([false, 1, false, true])
    show(UNREACHABLE + 3)
    expect([video.paused, frame()]).toEqual([false, UNREACHABLE + 3])
  })
})
