import type { Row } from './rows.ts'

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

/** The move that a key asks for, or null. `Ctrl Home` and `Ctrl End` go to the first and the last video of all. */
export function moveOf(key: string, ctrl: boolean): MoveKey | null {
  if (ctrl && key === 'Home') return 'First'
  if (ctrl && key === 'End') return 'Last'
  return !ctrl && KEYS.has(key) ? (key as MoveKey) : null
}

/**
 * The video that a move leads to from `from`, headings skipped; the first one when `from` is not in the grid, and
 * `from` itself at an edge.
 * @param page rows that a page key jumps over.
 */
export function moved(rows: readonly Row[], from: string | null, move: MoveKey, page: number): string | null {
  const lines = rows.flatMap((row) => (row.kind === 'videos' ? [row.videos] : []))
  const all = lines.flat()
  const line = lines.findIndex((videos) => videos.some(({ videoId }) => videoId === from))
  const column = lines[line]?.findIndex(({ videoId }) => videoId === from) ?? -1
  const at = all.findIndex(({ videoId }) => videoId === from)
  if (at === -1) return all[0]?.videoId ?? null
  const inLine = (to: number): string | undefined => {
    const videos = lines[Math.min(lines.length - 1, Math.max(0, to))]
    return videos?.[Math.min(videos.length - 1, column)]?.videoId
  }
  const to = {
    ArrowLeft: () => all[at - 1]?.videoId,
    ArrowRight: () => all[at + 1]?.videoId,
    ArrowUp: () => inLine(line - 1),
    ArrowDown: () => inLine(line + 1),
    Home: () => lines[line]?.[0]?.videoId,
    End: () => lines[line]?.at(-1)?.videoId,
    PageUp: () => inLine(line - page),
    PageDown: () => inLine(line + page),
    First: () => all[0]?.videoId,
    Last: () => all.at(-1)?.videoId,
  }[move]()
  return to ?? from
}

/** Index of the row with this video, or -1. */
export function rowWith(rows: readonly Row[], videoId: string | null): number {
  return rows.findIndex((row) => row.kind === 'videos' && row.videos.some((video) => video.videoId === videoId))
}
