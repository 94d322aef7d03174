/** The shortest key that a person may choose. */
export const SHORTEST_KEY = 16
/** Letters of it that do not follow from those before them. */
const LEAST_SURPRISES = 10
/** Runs along these are no surprise, in either direction. */
const RUNS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'azerty', 'qwertz']
const NEIGHBOURS = new Set(
  RUNS.flatMap((run) => pairsOf(run).flatMap(([one = '', next = '']) => [one + next, next + one])),
)

/** Why a key that a person chose can be guessed, as the end of a sentence; null for one that is strong enough. */
export function weaknessOf(key: string): string | null {
  if (key.length < SHORTEST_KEY) return `has ${key.length} characters; ${SHORTEST_KEY} are needed`
  if (countSurprises(key) < LEAST_SURPRISES) return 'repeats itself or follows a row of letters or digits'
  return null
}

/**
 * Whether a key of which only the start is known, at most its first half, was weak: the start is as short as it is only
 * of short keys.
 */
export function isWeakStart(start: string): boolean {
  return start.length < SHORTEST_KEY / 2 || countSurprises(start) < LEAST_SURPRISES / 2 - 1
}

/** Letters that nobody could have told from those before them: no repeats, no runs, no piece that was there before. */
function countSurprises(key: string): number {
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
