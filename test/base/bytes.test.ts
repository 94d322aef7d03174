import { expect, it } from 'vitest'
import { readableBytes } from '../../main/base/bytes.ts'

it.each([
  [0, '0 kB'],
  [1, '1 kB'],
  [12_345, '13 kB'],
  [999_999, '1000 kB'],
  [515_198_000, '515 MB'],
  [8_240_000_000, '8.2 GB'],
  [10_737_418_240, '10.7 GB'],
])('%i bytes read as %s', (bytes, text) => {
  expect(readableBytes(bytes)).toBe(text)
})
