import { partitionPoint } from '../../../main/contract/index.ts'

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

/** A row of cards: the places of its first card, and of the one after its last. */
export interface Line {
  readonly from: number
  readonly to: number
}

/**
 * The place of the card that a move leads to from `at`; the first one when `at` is -1, and `at` itself at an edge.
 * @param lines row by row, without gaps.
 * @param page rows that a page key jumps over.
 */
export function moved(lines: readonly Line[], at: number, move: MoveKey, page: number): number {
  const count = lines.at(-1)?.to ?? 0
  if (at < 0 || at >= count) return 0
  const line = partitionPoint(lines.length, (row) => (lines[row]?.to ?? 0) <= at)
  const column = at - (lines[line]?.from ?? 0)
  const inLine = (to: number): number => {
    const { from, to: end } = lines[Math.min(lines.length - 1, Math.max(0, to))] ?? { from: at, to: at + 1 }
    return Math.min(end - 1, from + column)
  }
  const to: Readonly<Record<MoveKey, () => number>> = {
    ArrowLeft: () => Math.max(0, at - 1),
    ArrowRight: () => Math.min(count - 1, at + 1),
    ArrowUp: () => (line > 0 ? inLine(line - 1) : at),
    ArrowDown: () => (line < lines.length - 1 ? inLine(line + 1) : at),
    Home: () => lines[line]?.from ?? at,
    End: () => (lines[line]?.to ?? at + 1) - 1,
    PageUp: () => inLine(line - page),
    PageDown: () => inLine(line + page),
    First: () => 0,
    Last: () => count - 1,
  }
  return to[move]()
}
