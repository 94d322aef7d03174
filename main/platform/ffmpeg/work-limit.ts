import { monotonic } from '../../base/clock.ts'
import { type ProcessWork, workOf } from './process-work.ts'

export interface WorkLimitOptions {
  readonly limitMs: number
  /** Processor time that counts, in milliseconds, when the clock alone has passed the limit. */
  readonly alreadySpent: (work: ProcessWork | null) => number
  readonly onExceeded: () => void
  /** What the process did; replaced in tests. */
  readonly work?: (pid: number) => ProcessWork | null
}

/** Without knowing what a process does, time counts for less: it may have been kept from working. */
const UNKNOWN_SHARE = 1 / 3
const SHORTEST_LOOK_MS = 20
const LONGEST_LOOK_MS = 500

/**
 * A limit that counts what a process did, not what the clock says: a laptop that slept, a process that was stopped, and
 * a machine on which others take all the time are no fault of the file. Only when the limit has passed by the clock does
 * it begin to look: then processor time counts, and time in which the process waits for something that never comes;
 * time in which it wanted to work and could not does not count.
 */
export class WorkLimit {
  readonly #options: WorkLimitOptions
  readonly #pid: number
  #timer: NodeJS.Timeout
  #holds = 0
  #ended = false

  constructor(pid: number, options: WorkLimitOptions) {
    this.#pid = pid
    this.#options = options
    this.#timer = this.#begin()
  }

  /** Starts over: it has just shown that it gets on. */
  restart(): void {
    if (this.#ended) return
    // Looking means that the timer is another one by now.
    if (this.#isLooking) {
      clearTimeout(this.#timer)
      this.#timer = this.#begin()
    } else this.#timer.refresh()
  }

  /** Until `resume` no time counts: we keep it waiting ourselves. */
  hold(): void {
    this.#holds += 1
  }

  resume(): void {
    this.#holds -= 1
  }

  end(): void {
    this.#ended = true
    clearTimeout(this.#timer)
  }

  #isLooking = false

  #begin(): NodeJS.Timeout {
    this.#isLooking = false
    return setTimeout(() => this.#look(this.#options.alreadySpent(this.#work()), this.#work()), this.#options.limitMs)
  }

  #work(): ProcessWork | null {
    return (this.#options.work ?? workOf)(this.#pid)
  }

  #look(spentMs: number, before: ProcessWork | null): void {
    if (this.#ended) return
    const { limitMs, onExceeded } = this.#options
    if (spentMs >= limitMs) {
      this.end()
      onExceeded()
      return
    }
    this.#isLooking = true
    const lookMs = Math.min(LONGEST_LOOK_MS, Math.max(SHORTEST_LOOK_MS, limitMs / 10))
    const asked = monotonic()
    this.#timer = setTimeout(() => {
      const now = this.#work()
      // More than was asked for is time in which this very process did not run.
      const passed = Math.min(monotonic() - asked, 2 * lookMs)
      this.#look(this.#holds > 0 ? spentMs : spentMs + countedMs(before, now, passed), now)
    }, lookMs)
  }
}

function countedMs(before: ProcessWork | null, now: ProcessWork | null, passedMs: number): number {
  if (!before || !now) return passedMs * UNKNOWN_SHARE
  const cpuMs = now.cpuMs - before.cpuMs
  const isStuck = now.isIdle && cpuMs === 0 && now.readBytes === before.readBytes
  return isStuck ? passedMs : cpuMs
}

/** For a run that may work so long in all: what it has used counts from its start. */
export function spentInAll(work: ProcessWork | null): number {
  return work?.cpuMs ?? 0
}

/** For a run that has been silent: half of the silence counts, since it was not observed meanwhile. */
export function halfOf(limitMs: number): () => number {
  return () => limitMs / 2
}
