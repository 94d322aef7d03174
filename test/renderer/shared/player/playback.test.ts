import { beforeEach, describe, expect, it } from 'vitest'
import { timecode } from '../../../../renderer/shared/format/timecode.ts'
import { Playback } from '../../../../renderer/shared/player/playback.ts'
import { FakeVideo } from './footage.ts'

/** Pictures of the window, drawn when told to. */
class FakeFrames {
  readonly #callbacks = new Map<number, (now: number) => void>()
  #id = 0
  request = (callback: (now: number) => void): number => {
    this.#callbacks.set((this.#id += 1), callback)
    return this.#id
  }
  cancel = (id: number): void => {
    this.#callbacks.delete(id)
  }
  draw(now: number): void {
    const due = [...this.#callbacks.values()]
    this.#callbacks.clear()
    for (const callback of due) callback(now)
  }
}

const STARTS = [0, 4, 10]
let frames: FakeFrames
let video: FakeVideo
let playback: Playback
const shown = (): string => timecode(playback.time, 25)
const arriveAll = (): void => {
  for (let count = 0; count < 5; count += 1) video.arrive()
}

beforeEach(() => {
  frames = new FakeFrames()
  video = new FakeVideo()
  playback = new Playback(frames)
  playback.describe({ duration: 20, frameRate: 25, starts: STARTS })
  playback.attach(video.asElement())
  video.show(0)
})

describe('frame steps', () => {
  it('seek into the middle of the next and the previous frame', () => {
    playback.stepFrames(1)
    expect(video.currentTime).toBeCloseTo(0.06)
    video.arrive()
    playback.stepFrames(1)
    expect(video.currentTime).toBeCloseTo(0.1)
    video.arrive()
    playback.stepFrames(-1)
    expect(video.currentTime).toBeCloseTo(0.06)
  })

  it('seek to the start where the first frame’s length is unknown', () => {
    playback.stepFrames(1)
    video.arrive()
    playback.seekToFrame(0)
    expect(video.currentTime).toBe(0)
  })

  it('count on while a seek is under way: a held key loses none', () => {
    for (let count = 0; count < 10; count += 1) playback.stepFrames(1)
    arriveAll()
    expect(shown()).toBe('00:00:00:10')
  })

  it('start from the true frame where the average rate is a little wrong', () => {
    video.show(1.003)
    playback.stepFrames(1)
    expect(video.currentTime).toBeCloseTo(1.003 + 0.02 + 0.04)
  })

  it('stay inside the video', () => {
    playback.stepFrames(-1)
    arriveAll()
    expect(shown()).toBe('00:00:00:00')
    playback.toEnd()
    playback.stepFrames(5)
    arriveAll()
    expect(shown()).toBe('00:00:19:24')
  })
})

describe('seeks', () => {
  it('are asked one at a time, and only the last of those waiting', () => {
    for (const time of [1, 2, 3, 4]) playback.seek(time)
    expect(video.sought).toEqual([1])
    video.arrive()
    expect(video.sought).toEqual([1, 4])
  })

  it('are not undone by a frame that was on its way', () => {
    playback.seek(5)
    video.show(0.04)
    expect(playback.time).toBe(5)
  })

  it('go to scenes by their first frame', () => {
    playback.toNextScene()
    expect(video.currentTime).toBeCloseTo(4.02)
    expect(playback.state.getState().scene).toBe(1)
    arriveAll()
    playback.skip(3)
    playback.toPreviousScene()
    arriveAll()
    expect(shown()).toBe('00:00:04:00')
    playback.toPreviousScene()
    arriveAll()
    expect(shown()).toBe('00:00:00:00')
  })

  it('move the position without an element too', () => {
    const alone = new Playback(frames)
    alone.describe({ duration: 20, frameRate: null, starts: STARTS })
    alone.seek(11)
    expect([alone.time, alone.state.getState().scene]).toEqual([11, 2])
  })
})

describe('playing', () => {
  it('tells the position of every frame, and renders state only when that changes', () => {
    const times: number[] = []
    let renders = 0
    playback.play()
    playback.onTime((time) => times.push(time))
    playback.state.subscribe(() => (renders += 1))
    for (const time of [0.04, 0.08, 0.12]) video.show(time)
    expect([times, renders]).toEqual([[0, 0.04, 0.08, 0.12], 0])
  })

  it('reports what was played, never what was sought', () => {
    const played: number[] = []
    playback.onPlayed((from, to) => played.push(to - from))
    playback.seek(3)
    arriveAll()
    expect(played).toEqual([])
    playback.play()
    for (const time of [3.04, 3.08]) video.show(time)
    playback.seek(10)
    arriveAll()
    video.show(10.04)
    expect(played.reduce((sum, step) => sum + step)).toBeCloseTo(0.12)
    expect(Math.max(...played)).toBeLessThan(0.1)
  })

  it('gets faster by L through 1.5, 2 and 4, and normal again by K', () => {
    playback.forward()
    const speeds = [1, 2, 3, 4].map(() => {
      playback.forward()
      return video.playbackRate
    })
    expect(speeds).toEqual([1.5, 2, 4, 4])
    playback.stop()
    expect([video.playbackRate, video.paused]).toEqual([1, true])
  })

  it('goes backwards by J, faster by J again, and stops at the start', () => {
    playback.seek(3)
    video.arrive()
    playback.backward()
    frames.draw(1000)
    frames.draw(1500)
    expect(playback.time).toBeCloseTo(2.5)
    playback.backward()
    expect(playback.state.getState().reverse).toBe(1.5)
    frames.draw(4000)
    expect([playback.time, playback.state.getState().reverse]).toEqual([0, 0])
  })

  it('goes on by the clock where frames are rare', () => {
    playback.play()
    video.show(0, 1000)
    Object.assign(video, { currentTime: 0.9 })
    frames.draw(1100)
    expect(playback.time).toBe(0)
    frames.draw(1900)
    expect(playback.time).toBe(0.9)
  })
})

describe('loops', () => {
  it('play the scene again from its last frame on', () => {
    playback.setLoop('scene')
    playback.play()
    video.show(3.92)
    expect(video.sought).toEqual([])
    video.show(3.96)
    expect(video.currentTime).toBe(0)
  })

  it('play from in to out, both frames included', () => {
    playback.seek(2.02)
    video.arrive()
    playback.markIn()
    playback.skip(1)
    video.arrive()
    playback.markOut()
    expect(playback.state.getState()).toMatchObject({ inPoint: 2, outPoint: 3.04 })
    playback.setLoop('range')
    playback.play()
    video.show(3)
    expect(video.currentTime).toBeCloseTo(2.02)
  })

  it('leave alone who went behind the out point', () => {
    playback.state.setState({ inPoint: 1, outPoint: 2, loop: 'range' })
    playback.seek(5)
    video.arrive()
    playback.play()
    video.show(5.04)
    expect(playback.time).toBe(5.04)
  })
})

describe('in and out', () => {
  it('drop the one that the other overtook', () => {
    playback.seek(5)
    playback.markOut()
    playback.seek(8)
    playback.markIn()
    expect(playback.state.getState()).toMatchObject({ inPoint: 8, outPoint: null })
    playback.seek(2)
    playback.markOut()
    expect(playback.state.getState()).toMatchObject({ inPoint: null, outPoint: 2.04 })
  })
})

describe('faults', () => {
  it('say what the element gave up on, and loading again goes back to the same place', () => {
    playback.seek(7)
    video.error = { code: 3 }
    video.tell('error')
    expect(playback.state.getState().fault).toEqual({ kind: 'decode', time: 7 })
    playback.reload()
    expect([playback.state.getState().fault, video.currentTime]).toEqual([null, 7])
  })
})

it('takes the duration from the element where it is unknown otherwise', () => {
  playback.describe({ duration: null, frameRate: null, starts: [] })
  expect(playback.state.getState().duration).toBe(0)
  video.duration = 12.5
  video.tell('loadedmetadata')
  expect(playback.state.getState()).toMatchObject({ duration: 12.5, ready: true })
})
