/** The years 0 to 9999: RFC 3339 knows no others. */
const FIRST_MS = Date.parse('0000-01-01T00:00:00.000Z')
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z')

/** Milliseconds since 1970 UTC as RFC 3339 with `Z`; what lies outside of its years becomes the first or last of them. */
export function toInstant(epochMs: number): string {
  return new Date(Math.min(LAST_MS, Math.max(FIRST_MS, epochMs))).toISOString()
}

/** The same, where "not yet" is null. */
export function toInstantOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : toInstant(epochMs)
}

/** Milliseconds of a clock that cannot be set: for how long something took, never for when it was. */
export function monotonic(): number {
  return performance.now()
}

/** Time as it is given to what waits, so that tests drive it instead of waiting. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds of a clock that cannot be set. */
  readonly monotonic: () => number
  /** Calls `work` once, `ms` from now; keeps no process alive. @returns cancels it. */
  readonly setTimeout: (work: () => void, ms: number) => () => void
}

export const systemClock: Clock = {
  now: Date.now,
  monotonic,
  setTimeout: (work, ms) => {
    const timer = setTimeout(work, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** Resolves after `ms`, or as soon as `signal` aborts. */
export async function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return
  await new Promise<void>((resolve) => {
    const done = (): void => {
      cancel()
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.setTimeout(done, ms)
    signal?.addEventListener('abort', done, { once: true })
  })
}

/** Calls `work` every `ms`; keeps no process alive. @returns ends it. */
export function every(clock: Clock, ms: number, work: () => void): () => void {
  let cancel = (): void => undefined
  const next = (): void => {
    cancel = clock.setTimeout(() => {
      next()
      work()
    }, ms)
  }
  next()
  return () => cancel()
}
