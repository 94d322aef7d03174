import type { Change } from '../contract/index.ts'

/** At most this often a follower hears of the same thing: a window cannot show more anyway. */
const EVERY_MS = 200

/** Tells followers that something changed. Bursts become one event, and the last state is never missed. */
export class Changes {
  readonly #followers = new Set<Follower>()
  readonly #listeners: ((change: Change) => void)[] = []

  tell(topic: Change['topic'], videoId: string | null = null): void {
    const change = { topic, videoId }
    for (const follower of this.#followers) follower.hear(change)
    for (const listener of this.#listeners) listener(change)
  }

  /** Tells of every change at once, for as long as the engine is open. */
  listen(listener: (change: Change) => void): void {
    this.#listeners.push(listener)
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
        await pause(EVERY_MS, signal)
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

  hear(change: Change): void {
    this.#waiting.set(`${change.topic}/${change.videoId ?? ''}`, change)
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

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })
}
