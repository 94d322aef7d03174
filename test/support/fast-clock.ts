import { type Clock, systemClock } from '../../main/base/clock.ts'

/** A clock on which time passes so many times faster: what waits for seconds waits for a part of them. */
export function fastClock(factor: number): Clock {
  const began = systemClock.now()
  const monotonic = (): number => systemClock.monotonic() * factor
  const start = monotonic()
  return {
    monotonic,
    now: () => Math.round(began + (monotonic() - start)),
    setTimeout: (work, ms) => systemClock.setTimeout(work, ms / factor),
  }
}
