import { expect, test } from 'vitest'
import { cutChanges, outcomeText, ticksOf } from '../../../renderer/features/scenes/adjustment/changes.ts'
import { scenesOf } from '../shared/player/footage.ts'

test('cuts that come and go, not those that stay nor the start of the video', () => {
  const now = scenesOf([2, 2, 3, 3])
  expect(cutChanges(now, now)).toEqual({ added: [], removed: [] })
  expect(cutChanges(now, scenesOf([1, 3, 3, 1, 2]))).toEqual({ added: [1, 8], removed: [2] })
  expect(cutChanges(now, scenesOf([10]))).toEqual({ added: [], removed: [2, 4, 7] })
  expect(cutChanges([], scenesOf([5, 5]))).toEqual({ added: [5], removed: [] })
  // A time that went through rounding is the same time.
  expect(cutChanges(scenesOf([2, 8]), scenesOf([2.0000004, 7.9999996]))).toEqual({ added: [], removed: [] })
})

test('ticks are at their times, in view, and no denser than pixels', () => {
  expect(ticksOf([1, 2, 30], 10, { start: 0, end: 20 })).toEqual([
    { x: 10, signed: true },
    { x: 20, signed: false },
  ])
  const many = Array.from({ length: 10_000 }, (_, index) => index / 100)
  const ticks = ticksOf(many, 10, { start: 0, end: 100 })
  expect(ticks.length).toBeLessThanOrEqual(1000 / 3 + 1)
  expect(ticks.filter(({ signed }) => signed).length).toBeLessThanOrEqual(1000 / 14 + 1)
})

test('the outcome in words', () => {
  expect(outcomeText(12, undefined)).toBe('12 scenes')
  expect(outcomeText(12, 12)).toBe('12 scenes')
  expect(outcomeText(12, 1)).toBe('12 → 1 scene')
  expect(outcomeText(999, 1200)).toBe('999 → 1,200 scenes')
})
