/** Characters to insert, delete or replace to make one text of another (Levenshtein distance). */
export function characterErrors(wanted: string, found: string): number {
  const [a, b] = [Array.from(wanted), Array.from(found)]
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, left] of a.entries()) {
    const next = [i + 1]
    for (const [j, right] of b.entries()) {
      const replaced = (row[j] ?? 0) + (left === right ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
