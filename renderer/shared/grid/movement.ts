/** Keys that move through a grid, as the ARIA grid pattern has them. */
export type MoveKey =
  'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End' | 'PageUp' | 'PageDown' | 'First' | 'Last'

const KEYS: ReadonlySet<string> = new Set([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
])

/** The move that a key asks for, or null. `Ctrl Home` and `Ctrl End` go to the first and the last card of all. */
export function moveOf(key: string, ctrl: boolean): MoveKey | null {
  if (ctrl && key === 'Home') return 'First'
  if (ctrl && key === 'End') return 'Last'
  return !ctrl && KEYS.has(key) ? (key as MoveKey) : null
}

/**
 * The card that a move leads to from `from`; the first one when `from` is not in the grid, and `from` itself at an edge.
 * @param lines ids of the cards, row by row.
 * @param page rows that a page key jumps over.
 */
export function moved(
  lines: readonly (readonly string[])[],
  from: string | null,
  move: MoveKey,
  page: number,
): string | null {
  const all = lines.flat()
  const at = from === null ? -1 : all.indexOf(from)
  if (from === null || at === -1) return all[0] ?? null
  const line = lines.findIndex((ids) => ids.includes(from))
  const column = lines[line]?.indexOf(from) ?? -1
  const inLine = (to: number): string | undefined => {
    const ids = lines[Math.min(lines.length - 1, Math.max(0, to))]
    return ids?.[Math.min(ids.length - 1, column)]
  }
  const to = {
    ArrowLeft: () => all[at - 1],
    ArrowRight: () => all[at + 1],
    ArrowUp: () => (line > 0 ? inLine(line - 1) : from),
    ArrowDown: () => (line < lines.length - 1 ? inLine(line + 1) : from),
    Home: () => lines[line]?.[0],
    End: () => lines[line]?.at(-1),
    PageUp: () => inLine(line - page),
    PageDown: () => inLine(line + page),
    First: () => all[0],
    Last: () => all.at(-1),
  }[move]()
  return to ?? from
}
