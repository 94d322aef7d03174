import { expect, test } from 'vitest'
import { fractionAt, pictureAt, shapeStyle, spriteStyle } from '../../../../renderer/shared/media/sprite.ts'

const sprite = { url: '/s', count: 25, columns: 10, width: 240, height: 135 }

test('a pointer outside counts as at the edge', () => {
  const box = { left: 100, width: 200 }
  expect([50, 100, 150, 300, 400].map((x) => fractionAt(x, box))).toEqual([0, 0, 0.25, 1, 1])
})

test('each picture has an equal share, and the right edge is the last', () => {
  expect([0, 0.039, 0.041, 1].map((fraction) => pictureAt(fraction, 25))).toEqual([0, 0, 1, 24])
})

test('a picture is found in its row and column of the sheet', () => {
  expect(spriteStyle(sprite, 24)).toEqual({
    backgroundSize: '1000% 300%',
    backgroundPosition: `${(4 / 9) * 100}% 100%`,
  })
  expect(spriteStyle({ ...sprite, count: 1, columns: 1 }, 0).backgroundPosition).toBe('0% 0%')
})

test('a tall picture is never stretched', () => {
  const tall = { ...sprite, width: 76, height: 135 }
  expect(shapeStyle(tall, 16 / 9, 'contain')).toMatchObject({ height: '100%', aspectRatio: '76 / 135' })
  expect(shapeStyle(tall, 16 / 9, 'cover')).toMatchObject({ width: '100%' })
})
