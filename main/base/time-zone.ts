import { Temporal } from 'temporal-polyfill'

const HOUR_MS = 3_600_000
const REMEMBERED = 1000

/** A calendar of one IANA time zone. A day is named by the milliseconds of its midnight in UTC. */
export class TimeZone {
  readonly #name: string
  /** Starts of days that were asked for: asking the calendar takes longer than everything around it. */
  readonly #starts = new Map<number, number>()

  /** @throws RangeError when this machine knows no such zone. */
  constructor(name: string) {
    this.#name = name
    this.#at(0)
  }

  /** The day that its clocks show at an instant. */
  dayAt(epochMs: number): number {
    return this.#at(epochMs).toPlainDate().toZonedDateTime('UTC').epochMilliseconds
  }

  /** The first instant of a day; where clocks jump over midnight, the instant of the jump. */
  startOfDay(day: number): number {
    const known = this.#starts.get(day)
    if (known !== undefined) return known
    const date = Temporal.Instant.fromEpochMilliseconds(day).toZonedDateTimeISO('UTC').toPlainDate()
    const start = date.toZonedDateTime(this.#name).epochMilliseconds
    if (this.#starts.size >= REMEMBERED) this.#starts.clear()
    this.#starts.set(day, start)
    return start
  }

  /** The start of the hour that its clocks show at an instant. */
  startOfHour(epochMs: number): number {
    return epochMs - modulo(epochMs + offsetOf(this.#at(epochMs)), HOUR_MS)
  }

  /** What its clocks show ahead of UTC in a span of time, in milliseconds: each offset from an instant on, in order. */
  offsetsIn(from: number, to: number): { from: number; offset: number }[] {
    const found = []
    let at: Temporal.ZonedDateTime | null = this.#at(from)
    for (; at && at.epochMilliseconds <= to; at = at.getTimeZoneTransition('next')) {
      found.push({ from: at.epochMilliseconds, offset: offsetOf(at) })
    }
    return found
  }

  #at(epochMs: number): Temporal.ZonedDateTime {
    return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(this.#name)
  }
}

function offsetOf({ offsetNanoseconds }: Temporal.ZonedDateTime): number {
  return offsetNanoseconds / 1e6
}

export function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor
}
