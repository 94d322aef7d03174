import type { VideoSort } from '../../contract/index.ts'
import type { VideoEntry } from './video-entries.ts'

type Compare = (one: VideoEntry, other: VideoEntry) => number

/** Files of one batch have one instant: by their names they stand as on the card, whichever was copied first. */
const byName: Compare = (one, other) => compare(one.name, other.name) || one.rank - other.rank

/** Of no two videos the answer is 0: a list asked for twice has one order. */
export const COMPARE: Readonly<Record<VideoSort, Compare>> = {
  newest: (one, other) => other.createdAt - one.createdAt || byName(one, other),
  oldest: (one, other) => one.createdAt - other.createdAt || byName(one, other),
  recorded: (one, other) => descending(one.recordedAt, other.recordedAt) || byName(one, other),
  title: byName,
  longest: (one, other) => descending(one.seconds, other.seconds) || byName(one, other),
  largest: (one, other) => other.bytes - one.bytes || byName(one, other),
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** What is unknown comes last. */
function descending(one: number | null, other: number | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  return other - one
}
