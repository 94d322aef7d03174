import { expect, it } from 'vitest'
import { crossing } from '../../../main/engine/pipeline/geometry.ts'
import {
  forwardOf,
  inside,
  newLine,
  newZone,
  withCorner,
  withoutCorner,
  withPoints,
} from '../../../renderer/features/pipeline/composer/shapes.ts'

const SIZE = { width: 1000, height: 500 }

it('points the arrow of a line the way that the engine counts as forward', () => {
  const lines = [
    newLine(SIZE, []),
    { name: 'slanted', from: [700, 400] as [number, number], to: [100, 30] as [number, number] },
  ]
  for (const line of lines) {
    const { at, tip } = forwardOf(line, 20)
    const behind: [number, number] = [2 * at[0] - tip[0], 2 * at[1] - tip[1]]
    expect(crossing(behind, tip, line.from, line.to)).toBe(1)
  }
})

it('begins shapes within the picture, under names that are free', () => {
  expect(newLine(SIZE, [{ name: 'Line 1' }])).toEqual({ name: 'Line 2', from: [200, 250], to: [800, 250] })
  expect(newZone(SIZE, []).points).toHaveLength(4)
})

it('keeps points on whole pixels within the picture', () => {
  expect(inside([-3, 900.4], SIZE)).toEqual([0, 500])
  expect(inside([10.6, 20.2], SIZE)).toEqual([11, 20])
})

it('moves an end, adds a corner and takes one away, down to a triangle', () => {
  const line = newLine(SIZE, [])
  expect(withPoints(line, [line.from, [9, 9]])).toMatchObject({ to: [9, 9] })
  const zone = newZone(SIZE, [])
  const five = withCorner(zone, 3)
  expect(five.points[4]).toEqual([300, 250])
  const three = withoutCorner(withoutCorner(five, 0), 0)
  expect(withoutCorner(three, 0)).toBe(three)
})
