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

/** Milliseconds of a clock that nobody can set: for how long something took, never for when it was. */
export function monotonic(): number {
  return performance.now()
}
