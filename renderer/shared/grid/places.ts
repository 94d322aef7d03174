type Move = (index: number, length: number, columns: number, page: number) => number

const clamp = (index: number, length: number): number => Math.max(0, Math.min(length - 1, index))
/** Up and down keep their column; where there is no row, the card stays. */
const jump = (index: number, by: number, length: number): number => {
  const to = index + by
  return to >= 0 && to < length ? to : index
}

/** Keys that move through a grid of cards that all follow one another. */
const MOVES: Readonly<Record<string, Move>> = {
  ArrowLeft: (index, length) => clamp(index - 1, length),
  ArrowRight: (index, length) => clamp(index + 1, length),
  ArrowUp: (index, length, columns) => jump(index, -columns, length),
  ArrowDown: (index, length, columns) => {
    const lastRow = Math.floor((length - 1) / columns)
    // Down into a last row that is shorter ends at its last card.
    return Math.floor(index / columns) < lastRow ? clamp(index + columns, length) : index
  },
  Home: (index, _, columns) => index - (index % columns),
  End: (index, length, columns) => clamp(index - (index % columns) + columns - 1, length),
  PageUp: (index, _, columns, page) => Math.max(index % columns, index - page * columns),
  PageDown: (index, length, columns, page) => clamp(index + page * columns, length),
}

interface Shape {
  readonly length: number
  readonly columns: number
  /** Rows that a page key jumps over. */
  readonly page: number
}

/** Where a key leads from a card; null when it is no key that moves. */
export function placeAfter(key: string, ctrl: boolean, index: number, { length, columns, page }: Shape): number | null {
  if (ctrl) return key === 'Home' ? 0 : key === 'End' ? length - 1 : null
  return MOVES[key]?.(index, length, columns, page) ?? null
}
