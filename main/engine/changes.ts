import { pause, systemClock } from '../base/clock.ts'
import type { Change } from '../contract/index.ts'

/** A follower gets the changes of this long at once: a window cannot show more anyway. */
const EVERY_MS = 200

/** Sends changes to followers. Equal ones within a short time become one, sent after the last of them. */
export class Changes {
  readonly #followers = new Set<Follower>()

  /** Something of `topic` changed; which, when it is known: `{ taskId }`. */
  publish(topic: string, ids: Change['ids'] = {}): void {
    for (const follower of this.#followers) follower.add({ topic, ids })
  }

  /** Changes from now on, until `signal` aborts. */
  async *follow(signal: AbortSignal): AsyncGenerator<Change, void> {
    const follower = new Follower()
    this.#followers.add(follower)
    const stop = (): void => follower.wake()
    signal.addEventListener('abort', stop, { once: true })
    try {
      while (!signal.aborted) {
        await follower.woken()
        if (signal.aborted) return
        yield* follower.take()
        await pause(systemClock, EVERY_MS, signal)
      }
    } finally {
      signal.removeEventListener('abort', stop)
      this.#followers.delete(follower)
    }
  }
}

class Follower {
  readonly #waiting = new Map<string, Change>()
  #wake: (() => void) | null = null

  add(change: Change): void {
    this.#waiting.set(JSON.stringify(change), change)
    this.wake()
  }

  take(): Change[] {
    const changes = [...this.#waiting.values()]
    this.#waiting.clear()
    return changes
  }

  async woken(): Promise<void> {
    if (this.#waiting.size > 0) return
    await new Promise<void>((resolve) => (this.#wake = resolve))
  }

  wake(): void {
    this.#wake?.()
    this.#wake = null
  }
}
