/** How many may be taken at a time, and how long one waits for another to be given back. */
export interface SlotLimits {
  readonly inAll: number
  /** By one taker: an address, a key, an upload. */
  readonly each: number
  /** Waiting at a time, of all takers and of one; beyond that one is refused at once. */
  readonly waiting: number
  readonly waitingEach: number
  readonly waitMs: number
}

/** To be called once that for which a slot was taken has ended; calling it again changes nothing. */
export type GiveBack = () => void

interface Waiter {
  readonly taker: string
  readonly admit: () => void
}

/** A bounded number of places. One taker never keeps those of others, and whoever waits comes in the order of waiting. */
export class Slots {
  readonly #limits: SlotLimits
  readonly #taken = new Map<string, number>()
  #inAll = 0
  #waiting: Waiter[] = []

  constructor(limits: SlotLimits) {
    this.#limits = limits
  }

  get inAll(): number {
    return this.#inAll
  }

  get waiting(): number {
    return this.#waiting.length
  }

  /** @returns null when there is no place within the time to wait, or `signal` aborts before. */
  async take(taker: string, signal?: AbortSignal): Promise<GiveBack | null> {
    if (this.#isFree(taker)) return this.#occupy(taker)
    if (!this.#mayWait(taker) || signal?.aborted) return null
    const { waitMs } = this.#limits
    return await new Promise((resolve) => {
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((one) => one !== waiter)
        settle(null)
      }
      const settle = (place: GiveBack | null): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', leave)
        resolve(place)
      }
      const waiter = { taker, admit: () => settle(this.#occupy(taker)) }
      const timer = setTimeout(leave, waitMs)
      signal?.addEventListener('abort', leave, { once: true })
      this.#waiting.push(waiter)
    })
  }

  #mayWait(taker: string): boolean {
    const { waiting, waitingEach, waitMs } = this.#limits
    const mine = this.#waiting.filter((one) => one.taker === taker).length
    return this.#waiting.length < waiting && mine < waitingEach && waitMs > 0
  }

  #isFree(taker: string): boolean {
    return this.#inAll < this.#limits.inAll && (this.#taken.get(taker) ?? 0) < this.#limits.each
  }

  #occupy(taker: string): GiveBack {
    this.#inAll += 1
    this.#taken.set(taker, (this.#taken.get(taker) ?? 0) + 1)
    let held = true
    return () => {
      if (!held) return
      held = false
      this.#leave(taker)
    }
  }

  #leave(taker: string): void {
    this.#inAll -= 1
    const left = (this.#taken.get(taker) ?? 1) - 1
    if (left > 0) this.#taken.set(taker, left)
    else this.#taken.delete(taker)
    const next = this.#waiting.find((one) => this.#isFree(one.taker))
    if (!next) return
    this.#waiting = this.#waiting.filter((one) => one !== next)
    next.admit()
  }
}
