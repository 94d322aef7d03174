/**
 * Parts of a whole in percent with one decimal, which sum to 100 exactly, or are all 0: the largest remainders are
 * rounded up, the earlier of equal ones first.
 */
export function percentages(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return counts.map(() => 0)
  const exact = counts.map((count) => (count * 1000) / total)
  const tenths = exact.map(Math.floor)
  const missing = 1000 - tenths.reduce((sum, part) => sum + part, 0)
  const byRemainder = [...exact.keys()].toSorted((a, b) => remainder(exact, b) - remainder(exact, a) || a - b)
  for (const index of byRemainder.slice(0, missing)) tenths[index] = (tenths[index] ?? 0) + 1
  return tenths.map((part) => part / 10)
}

function remainder(exact: readonly number[], index: number): number {
  return (exact[index] ?? 0) % 1
}

/** Rounded to one decimal. */
export function toTenth(value: number): number {
  return Math.round(value * 10) / 10
}
