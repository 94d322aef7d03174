import { expect, it } from 'vitest'
import { crc32 } from '../../main/base/crc32.ts'

it.each([
  ['', 0],
  ['a', 0xe8b7_be43],
  ['123456789', 0xcbf4_3926],
  ['The quick brown fox jumps over the lazy dog', 0x414f_a339],
])('the checksum of %j is the one that everybody has', (text, checksum) => {
  expect(crc32(Buffer.from(text))).toBe(checksum)
})
