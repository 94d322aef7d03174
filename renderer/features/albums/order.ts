/**
 * The order after some were moved together, in the order they had, to stand before what was at `to`.
 * @param to 0..order.length; places are counted before anything moves.
 */
export function movedTo(order: readonly string[], moving: ReadonlySet<string>, to: number): string[] {
  const stay = (id: string): boolean => !moving.has(id)
  return [...order.slice(0, to).filter(stay), ...order.filter((id) => moving.has(id)), ...order.slice(to).filter(stay)]
}

/** The order after some moved `by` places together, as far as the ends let them. */
export function shifted(order: readonly string[], moving: ReadonlySet<string>, by: number): string[] {
  const places = order.flatMap((id, index) => (moving.has(id) ? [index] : []))
  const [first, last] = [places[0], places.at(-1)]
  if (first === undefined || last === undefined) return [...order]
  return movedTo(order, moving, by < 0 ? Math.max(0, first + by) : Math.min(order.length, last + 1 + by))
}

export function sameOrder(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index])
}
