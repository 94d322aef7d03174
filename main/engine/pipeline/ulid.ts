import { randomBytes } from 'node:crypto'

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TIME_LETTERS = 10
const RANDOM_LETTERS = 16

/** A ULID: sorts by the millisecond it was made in, the rest is chance. */
export function ulid(now = Date.now()): string {
  let time = ''
  for (let rest = now; time.length < TIME_LETTERS; rest = Math.floor(rest / 32)) time = letter(rest % 32) + time
  // Five bits of each byte: all letters are equally likely.
  return time + Array.from(randomBytes(RANDOM_LETTERS), (byte) => letter(byte % 32)).join('')
}

function letter(value: number): string {
  return LETTERS.charAt(value)
}
