import { describe, expect, it } from 'vitest'
import { Watch } from '../../../renderer/features/engagement/watching/watch.ts'

const FRAME = 0.04

/** Plays frame by frame. */
function play(watch: Watch, from: number, to: number): void {
  const frames = Math.round((to - from) / FRAME)
  for (let index = 0; index < frames; index += 1) watch.played(from + index * FRAME, from + (index + 1) * FRAME, FRAME)
}

describe('what was watched', () => {
  it('is what was played, in seconds of film and as its share', () => {
    const watch = new Watch()
    play(watch, 0, 5)
    expect(watch.seconds).toBeCloseTo(5)
    expect(watch.percentOf(20)).toBeCloseTo(25, 0)
  })

  it('counts twice in time, and once in share, when it is played twice', () => {
    const watch = new Watch()
    play(watch, 2, 6)
    play(watch, 2, 6)
    play(watch, 4, 8)
    expect(watch.seconds).toBeCloseTo(12)
    expect(watch.percentOf(12)).toBeCloseTo(50, 0)
  })

  it('is neither what was sought past nor what was gone back over', () => {
    const watch = new Watch()
    play(watch, 0, 2)
    watch.played(2, 15, FRAME)
    watch.played(15, 3, FRAME)
    play(watch, 15, 17)
    expect(watch.seconds).toBeCloseTo(4)
    expect(watch.percentOf(20)).toBeCloseTo(20, 0)
  })

  it('is all of a film whose last frame was reached, and never more', () => {
    const watch = new Watch()
    play(watch, 0, 10 - FRAME)
    expect(watch.percentOf(10)).toBe(100)
    expect(watch.percentOf(9)).toBe(100)
  })

  it('has no share of a film whose length is unknown', () => {
    const watch = new Watch()
    play(watch, 0, 1)
    expect(watch.percentOf(0)).toBe(0)
  })

  it('joins parts that come to touch', () => {
    const watch = new Watch()
    play(watch, 0, 1)
    play(watch, 3, 4)
    play(watch, 1, 3)
    expect(watch.percentOf(40)).toBeCloseTo(10, 0)
  })
})
