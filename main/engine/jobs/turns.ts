import { type Clock, every } from '../../base/clock.ts'
import { secondsLeft } from './estimate.ts'

/** A running job, as the turns see it. */
export interface InTurn {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** Milliseconds of the monotonic clock. */
  readonly begunAt: number
  /** 0..100. */
  readonly progress: number
}

export interface TurnsOptions {
  readonly clock: Clock
  /** How long a job has its place to itself, milliseconds. */
  readonly turnMs: number
  /** Whether a job waits that has not had a turn yet. */
  readonly othersWait: () => boolean
  /** Ends the work on a job and puts it back. */
  readonly putBack: (id: string) => void
  /** A place has become free. */
  readonly onRoom: () => void
}

/** A job that says it is done within this many turns is waited for… */
const SOON_TURNS = 2
/** …for so many turns at most: what it says may be wrong. */
const TRUSTED_TURNS = 5
/** One that would be put back loses its work: it is waited for longer. */
const SOON_ENOUGH_TURNS = 6
const TRUSTED_ENOUGH_TURNS = 12
/** Jobs that go on beside those that have a place: each holds a decoder in memory. */
const MOST_ASIDE = 1

/**
 * Lets short jobs past long ones: a file that takes hours, or claims to, must not hold up the others. A job whose turn
 * is over goes on beside the next one, without a place of its own; when enough do so already, it is put back and begins
 * again once no other waits that has not had its turn.
 */
export class Turns {
  readonly #options: TurnsOptions
  readonly #timers = new Map<string, () => void>()
  readonly #aside = new Set<string>()
  /** Had their turn and were put back. Forgotten with the process: then each has a turn again. */
  readonly #waitForOthers = new Set<string>()

  constructor(options: TurnsOptions) {
    this.#options = options
  }

  /** Jobs that begin only when no others wait. */
  get late(): readonly string[] {
    return [...this.#waitForOthers]
  }

  hasPlace(id: string): boolean {
    return !this.#aside.has(id)
  }

  begin(job: InTurn): void {
    const { clock, turnMs } = this.#options
    const judge = (): void => this.#judge(job, (clock.monotonic() - job.begunAt) / turnMs)
    this.#timers.set(job.id, every(clock, turnMs, judge))
  }

  /** Forgets a job that runs no more. */
  end(id: string, how: 'done' | 'put back'): void {
    this.#timers.get(id)?.()
    this.#timers.delete(id)
    this.#aside.delete(id)
    if (how === 'done') this.#waitForOthers.delete(id)
  }

  #judge(job: InTurn, turns: number): void {
    const { clock, turnMs, putBack, onRoom, othersWait } = this.#options
    if (this.#aside.has(job.id)) return
    const leftTurns = ((secondsLeft(job, clock.now()) ?? Infinity) * 1000) / turnMs
    if (this.#aside.size < MOST_ASIDE) {
      if (leftTurns <= SOON_TURNS && turns < TRUSTED_TURNS) return
      this.#aside.add(job.id)
      onRoom()
    } else if (othersWait()) {
      if (leftTurns <= SOON_ENOUGH_TURNS && turns < TRUSTED_ENOUGH_TURNS) return
      this.#waitForOthers.add(job.id)
      putBack(job.id)
    }
  }
}
