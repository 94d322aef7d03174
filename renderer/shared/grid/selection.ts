/** What is selected in a grid or list, and where the keyboard is. */
export interface Selection {
  readonly selected: ReadonlySet<string>
  /** Where a range starts. */
  readonly anchor: string | null
  /** The one item that Tab reaches; arrows move it. */
  readonly active: string | null
}

/** Items in the order shown: a list of ids, or what answers like one. */
export interface Order {
  indexOf(id: string): number
  slice(from: number, to: number): readonly string[]
}

export const NOTHING: Selection = { selected: new Set(), anchor: null, active: null }

export function only(id: string): Selection {
  return { selected: new Set([id]), anchor: id, active: id }
}

/** Takes one more, or one less. */
export function toggled({ selected }: Selection, id: string): Selection {
  const next = new Set(selected)
  if (!next.delete(id)) next.add(id)
  return { selected: next, anchor: id, active: id }
}

/** From the anchor to `id`, both included, in the order shown; only `id` when there is no anchor to start from. */
export function ranged({ anchor }: Selection, id: string, order: Order): Selection {
  const ends = [order.indexOf(anchor ?? id), order.indexOf(id)]
  if (ends.includes(-1)) return only(id)
  const selected = new Set(order.slice(Math.min(...ends), Math.max(...ends) + 1))
  return { selected, anchor: anchor ?? id, active: id }
}

/** The item to go on with when `gone` leave: the next one that stays, else the last before them. */
export function survivor(order: readonly string[], gone: ReadonlySet<string>): string | null {
  const last = order.findLastIndex((id) => gone.has(id))
  const next = order.slice(last + 1).find((id) => !gone.has(id))
  return next ?? order.slice(0, last).findLast((id) => !gone.has(id)) ?? null
}

/** What a click on an item selects: Ctrl takes one more, Shift a range. */
export function afterClick(
  { shiftKey, ctrlKey, metaKey }: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean },
  id: string,
  order: Order,
): (now: Selection) => Selection {
  if (shiftKey) return (now) => ranged(now, id, order)
  if (ctrlKey || metaKey) return (now) => toggled(now, id)
  return () => only(id)
}
