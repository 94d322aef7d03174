/** Milliseconds since 1970 UTC as RFC 3339 with `Z`. */
export function toInstant(epochMs: number): string {
  return new Date(epochMs).toISOString()
}

/** The same, where "not yet" is null. */
export function toInstantOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : toInstant(epochMs)
}

/** Milliseconds of a clock that nobody can set: for how long something took, never for when it was. */
export function monotonic(): number {
  return performance.now()
}
