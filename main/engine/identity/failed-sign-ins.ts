import { createHash } from 'node:crypto'
import { networkOf } from '../../base/ip-address.ts'

export interface FailedSignInsOptions {
  readonly now?: () => number
}

const WINDOW_MS = 60_000
/** Different guesses in a window: by one caller, and by all together. */
const GUESSES_EACH = 10
const GUESSES_IN_ALL = 100
const LONGEST_BLOCK_MS = 3_600_000
/** Callers that are remembered, the most recent ones. */
const CALLERS = 4096

interface Guesser {
  windowStart: number
  /** Hashes of what was guessed in this window. */
  guessed: Set<string>
  blockedUntil: number
  /** How often in a row this caller was blocked. */
  strikes: number
}

/**
 * Limits guessing of keys: a few different wrong keys a minute from one address, a few more from all together. The same
 * wrong key again is no new guess. Only failures are limited: a valid key works from the same address, too.
 */
export class FailedSignIns {
  readonly #now: () => number
  /** The first ones have not guessed for the longest time. */
  readonly #guessers = new Map<string, Guesser>()
  #all = { windowStart: 0, guesses: 0 }

  constructor({ now = Date.now }: FailedSignInsOptions = {}) {
    this.#now = now
  }

  /**
   * Counts a failure.
   * @returns 0 when the caller may try (and learn that the key is wrong), else seconds until the next try.
   */
  note(address: string, shown: string): number {
    const now = this.#now()
    const guesser = this.#guesser(networkOf(address), now)
    const hash = createHash('sha256').update(shown).digest('base64')
    if (guesser.guessed.has(hash)) return 0
    if (guesser.blockedUntil > now) return secondsUntil(guesser.blockedUntil, now)
    if (guesser.guessed.size >= GUESSES_EACH) {
      const blockMs = Math.min(LONGEST_BLOCK_MS, WINDOW_MS * 2 ** guesser.strikes)
      guesser.strikes += 1
      guesser.blockedUntil = now + blockMs
      return secondsUntil(guesser.blockedUntil, now)
    }
    if (now - this.#all.windowStart >= WINDOW_MS) this.#all = { windowStart: now, guesses: 0 }
    if (this.#all.guesses >= GUESSES_IN_ALL) return secondsUntil(this.#all.windowStart + WINDOW_MS, now)
    this.#all.guesses += 1
    guesser.guessed.add(hash)
    return 0
  }

  #guesser(caller: string, now: number): Guesser {
    const guesser = this.#guessers.get(caller) ?? { windowStart: now, guessed: new Set(), blockedUntil: 0, strikes: 0 }
    const isBlocked = guesser.blockedUntil > now
    if (!isBlocked && now - Math.max(guesser.windowStart, guesser.blockedUntil) >= WINDOW_MS) {
      // After a window without a block.
      if (guesser.guessed.size < GUESSES_EACH) guesser.strikes = 0
      Object.assign(guesser, { windowStart: now, guessed: new Set() })
    } else if (!isBlocked && guesser.blockedUntil > guesser.windowStart) {
      Object.assign(guesser, { windowStart: now, guessed: new Set() })
    }
    this.#guessers.delete(caller)
    this.#guessers.set(caller, guesser)
    if (this.#guessers.size > CALLERS) {
      const [oldest] = this.#guessers.keys()
      if (oldest !== undefined) this.#guessers.delete(oldest)
    }
    return guesser
  }
}

function secondsUntil(then: number, now: number): number {
  return Math.max(1, Math.ceil((then - now) / 1000))
}
