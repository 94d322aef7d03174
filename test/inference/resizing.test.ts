import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Pixels, wholeOf } from '../../main/inference/pixels.ts'
import { resize } from '../../main/inference/resizing.ts'

function picture(width: number, height: number, at: (x: number, y: number) => number): Pixels {
  const data = new Uint8Array(width * height * 3)
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    data.fill(at(pixel % width, Math.floor(pixel / width)), pixel * 3, pixel * 3 + 3)
  }
  return { data, width, height }
}

const side = fc.integer({ min: 1, max: 40 })

test('a plain picture stays plain at every size and from every part', () => {
  fc.assert(
    fc.property(side, side, side, side, fc.integer({ min: 0, max: 255 }), (width, height, toWidth, toHeight, grey) => {
      const target = picture(toWidth, toHeight, () => 0)
      const region = { left: width / 3, top: height / 4, width: width / 2, height: height / 2 }
      resize(
        picture(width, height, () => grey),
        region,
        target,
        wholeOf(target),
      )
      expect(new Set(target.data)).toEqual(new Set([grey]))
    }),
  )
})

test('at its own size a picture stays as it is', () => {
  const source = picture(7, 5, (x, y) => (x * 31 + y * 17) % 256)
  const target = picture(7, 5, () => 0)
  resize(source, wholeOf(source), target, wholeOf(target))
  expect(target.data).toEqual(source.data)
})

test('shrinking averages what falls together; enlarging blends neighbours; the rest of the target is left alone', () => {
  const stripes = picture(8, 2, (x) => (x % 2 === 0 ? 0 : 200))
  const small = picture(6, 1, () => 9)
  resize(stripes, wholeOf(stripes), small, { left: 1, top: 0, width: 4, height: 1 })
  expect(Array.from(small.data.filter((_, i) => i % 3 === 0))).toEqual([9, 100, 100, 100, 100, 9])
  const step = picture(2, 1, (x) => x * 100)
  const large = picture(4, 1, () => 0)
  resize(step, wholeOf(step), large, wholeOf(large))
  expect(Array.from(large.data.filter((_, i) => i % 3 === 0))).toEqual([0, 25, 75, 100])
})
