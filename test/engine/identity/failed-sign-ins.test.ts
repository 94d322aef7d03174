import { describe, expect, it } from 'vitest'
import { FailedSignIns, weaknessOf } from '../../../main/engine/identity/index.ts'

const MINUTE = 60_000

function counted() {
  let now = 1_000_000
  const failed = new FailedSignIns({ now: () => now })
  const guess = (count: number, address = '192.0.2.1', start = 0): number[] =>
    Array.from({ length: count }, (_, at) => failed.note(address, `Bearer guess_${start + at}_of_somebody`))
  return { failed, guess, wait: (ms: number) => (now += ms) }
}

describe('guesses', () => {
  it('are answered ten times a minute, then refused for longer and longer', () => {
    const { guess, wait } = counted()
    expect(guess(10)).toEqual(Array(10).fill(0))
    expect(guess(3, '192.0.2.1', 10)).toEqual([60, 60, 60])
    wait(MINUTE)
    expect(guess(11, '192.0.2.1', 100).at(-1)).toBe(120)
    wait(2 * MINUTE)
    expect(guess(11, '192.0.2.1', 200).at(-1)).toBe(240)
    for (let more = 0; more < 10; more += 1) {
      wait(60 * MINUTE)
      guess(11, '192.0.2.1', 1000 + 20 * more)
    }
    expect(guess(1, '192.0.2.1', 5000)).toEqual([3600])
  })

  it('are cleared after a time without guesses', () => {
    const { guess, wait } = counted()
    guess(11)
    wait(2 * MINUTE)
    expect(guess(5, '192.0.2.1', 100)).toEqual(Array(5).fill(0))
    wait(2 * MINUTE)
    expect(guess(11, '192.0.2.1', 200).at(-1)).toBe(60)
  })

  it('of the same wrong key count once', () => {
    const { failed } = counted()
    for (let again = 0; again < 500; again += 1) expect(failed.note('192.0.2.1', 'Bearer a_key_of_last_year')).toBe(0)
  })

  it('from other addresses do not count, until there are a hundred in all', () => {
    const { guess, wait } = counted()
    for (let other = 0; other < 10; other += 1) {
      expect(guess(10, `198.51.100.${other}`, 100 * other)).toEqual(Array(10).fill(0))
    }
    expect(guess(1, '192.0.2.1', 5000)[0]).toBeGreaterThan(0)
    wait(MINUTE)
    expect(guess(1, '192.0.2.1', 5000)).toEqual([0])
  })

  it('from all addresses of one machine are those of one caller', () => {
    const { failed } = counted()
    const waits = Array.from({ length: 12 }, (_, at) => failed.note(`2001:db8::${at}`, `Bearer other_${at}`))
    expect(waits.slice(0, 11)).toEqual([...Array<number>(10).fill(0), 60])
  })
})

describe('a key that a person chooses', () => {
  it.each([
    ...[
      'my_secret_key_of_20_letters',
      'aion_owner_of_the_live_server_tests',
      'correct-horse-battery',
      'Tr0ub4dor&3-extra',
    ],
    ...['owner_key_of_the_attacked_server_42', 'fieldreel_Zm9vYmFyYmF6cXV4', '9f86d081884c7d65'],
  ])('may be %s', (key) => {
    expect(weaknessOf(key)).toBeNull()
  })

  it.each([
    ...[
      '',
      'a',
      'test',
      'fifteen_letters',
      'aaaaaaaaaaaaaaaa',
      'abababababababab',
      '1234567890123456',
      'abcdefghijklmnop',
    ],
    ...[
      'passwordpassword',
      'qwertyuiopasdfgh',
      '0000000000000000000000000000000',
      'abcabcabcabcabcabcabc',
      '9876543210987654',
    ],
  ])('may not be %s', (key) => {
    expect(weaknessOf(key)).not.toBeNull()
  })
})
