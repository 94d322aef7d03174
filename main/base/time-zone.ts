const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const REMEMBERED = 1000

/** A calendar of one IANA time zone. @throws RangeError when this machine knows no such zone. */
export class TimeZone {
  readonly #format: Intl.DateTimeFormat
  /** Offsets that were asked for: asking the calendar takes ten times as long as everything around it. */
  readonly #offsets = new Map<number, number>()

  constructor(name: string) {
    const number = 'numeric'
    this.#format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: name, hourCycle: 'h23', calendar: 'iso8601' },
      ...{ year: number, month: number, day: number, hour: number, minute: number, second: number },
    })
  }

  /** What its clocks show ahead of UTC at an instant, in milliseconds. */
  offsetAt(epochMs: number): number {
    const known = this.#offsets.get(epochMs)
    if (known !== undefined) return known
    const offset = this.#ask(epochMs)
    if (this.#offsets.size >= REMEMBERED) this.#offsets.clear()
    this.#offsets.set(epochMs, offset)
    return offset
  }

  #ask(epochMs: number): number {
    const parts = new Map(this.#format.formatToParts(epochMs).map(({ type, value }) => [type, Number(value)]))
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
    const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
    return shown - Math.floor(epochMs / 1000) * 1000
  }

  /** The day that its clocks show at an instant, as the milliseconds of that day's midnight in UTC. */
  dayAt(epochMs: number): number {
    const shown = epochMs + this.offsetAt(epochMs)
    return shown - modulo(shown, DAY_MS)
  }

  /** The first instant of a day that `dayAt` named, or of one some days later or earlier. */
  startOfDay(day: number): number {
    // The offsets on both sides of whatever is changed that night.
    const candidates = [this.offsetAt(day - DAY_MS), this.offsetAt(day + DAY_MS)].map((offset) => day - offset)
    const midnights = candidates.filter((instant) => instant + this.offsetAt(instant) === day)
    // Clocks that jump over midnight jump at the instant when it would have been by the earlier offset, the smaller one.
    return midnights.length > 0 ? Math.min(...midnights) : Math.max(...candidates)
  }

  /** The start of the hour that its clocks show at an instant. */
  startOfHour(epochMs: number): number {
    return epochMs - modulo(epochMs + this.offsetAt(epochMs), HOUR_MS)
  }

  /**
   * The offsets in a span of time, each from an instant on, in order. No zone changes its clocks twice within a day.
   */
  offsetsIn(from: number, to: number): { from: number; offset: number }[] {
    const found = [{ from, offset: this.offsetAt(from) }]
    for (let at = from; at < to; at = Math.min(at + DAY_MS, to)) {
      const next = Math.min(at + DAY_MS, to)
      const offset = this.offsetAt(next)
      if (offset !== found.at(-1)?.offset) found.push({ from: this.#changeIn(at, next), offset })
    }
    return found
  }

  /** The instant between two at which the later one's offset begins, to the second. */
  #changeIn(from: number, to: number): number {
    const after = this.offsetAt(to)
    let [low, high] = [from, to]
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000
      if (middle <= low) break
      if (this.offsetAt(middle) === after) high = middle
      else low = middle
    }
    return high
  }
}

export function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor
}
