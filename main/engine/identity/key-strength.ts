/** The shortest key that a person may choose. */
export const SHORTEST_KEY = 16
/** Characters of it that cannot be predicted from those before them. */
const LEAST_UNPREDICTABLE = 10
/** Steps along these, in either direction, can be predicted. */
const RUNS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'azerty', 'qwertz']
const NEIGHBOURS = new Set(
  RUNS.flatMap((run) => pairsOf(run).flatMap(([one = '', next = '']) => [one + next, next + one])),
)

/** Why a key that a person chose can be guessed, as the end of a sentence; null for a strong one. */
export function weaknessOf(key: string): string | null {
  if (key.length < SHORTEST_KEY) return `has ${key.length} characters; ${SHORTEST_KEY} are needed`
  if (countUnpredictable(key) < LEAST_UNPREDICTABLE) return 'repeats itself or follows a row of letters or digits'
  return null
}

/**
 * The same for a key of which only the start is stored, at most its first half.
 */
export function isWeakStart(start: string): boolean {
  return start.length < SHORTEST_KEY / 2 || countUnpredictable(start) < LEAST_UNPREDICTABLE / 2 - 1
}

/** Characters that are no repeat, no step of a run and no part of a piece that was there before. */
function countUnpredictable(key: string): number {
  const text = key.toLowerCase()
  return Array.from(text).filter((letter, at) => {
    const before = text[at - 1] ?? ''
    const piece = text.slice(Math.max(0, at - 2), at + 1)
    const isRun = before === letter || NEIGHBOURS.has(before + letter)
    return !isRun && !(piece.length === 3 && text.indexOf(piece) < at - 2)
  }).length
}

function pairsOf(run: string): string[] {
  return Array.from(run.slice(1), (_letter, at) => run.slice(at, at + 2))
}
