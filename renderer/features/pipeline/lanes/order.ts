import type { TaskRecord } from '../record/task-record.ts'
import type { Track } from '../record/track.ts'
import type { Order } from '../view-store.ts'

export const ORDERS: Readonly<Record<Order, string>> = {
  start: 'By start',
  class: 'By class',
  longest: 'Longest first',
}

/** The tracks as the lanes show them. */
export function ordered(record: TaskRecord, order: Order): readonly Track[] {
  const { tracks } = record
  if (order === 'start') return tracks
  if (order === 'longest') return tracks.toSorted((one, other) => other.frames.length - one.frames.length)
  const name = ({ classIndex }: Track): string => record.className(classIndex)
  return tracks.toSorted((one, other) => name(one).localeCompare(name(other)) || one.id - other.id)
}
