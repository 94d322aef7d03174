import type { TaskRecord } from '../record/task-record.ts'

export interface ResultRow {
  readonly id: number
  readonly colour: number
  readonly className: string
  /** Seconds. */
  readonly first: number
  readonly last: number
  /** Frames. */
  readonly seen: number
  readonly best: number
}

export type Column = 'id' | 'className' | 'first' | 'last' | 'seen' | 'best'

export const COLUMNS: readonly { readonly id: Column; readonly name: string }[] = [
  { id: 'id', name: 'Track' },
  { id: 'className', name: 'Class' },
  { id: 'first', name: 'First' },
  { id: 'last', name: 'Last' },
  { id: 'seen', name: 'Frames' },
  { id: 'best', name: 'Best' },
]

/** What the stream contains about each track so far; the results say the same in the end. */
export function resultRows(record: TaskRecord): ResultRow[] {
  return record.tracks.map((track) => ({
    id: track.id,
    colour: track.colour,
    className: record.className(track.classIndex),
    first: record.times.at(track.firstFrame),
    last: record.times.at(track.lastFrame),
    seen: track.frames.length,
    best: track.bestConfidence,
  }))
}

/** @param down the largest first */
export function sorted(rows: readonly ResultRow[], column: Column, down: boolean): ResultRow[] {
  const sign = down ? -1 : 1
  return rows.toSorted((one, other) => sign * compared(one[column], other[column]) || one.id - other.id)
}

function compared(one: string | number, other: string | number): number {
  return typeof one === 'number' && typeof other === 'number' ? one - other : String(one).localeCompare(String(other))
}
