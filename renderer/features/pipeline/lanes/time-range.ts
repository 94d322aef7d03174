import type { Task } from '../../../../main/contract/index.ts'
import type { Footage } from '../page/footage.ts'
import type { TaskRecord } from '../record/task-record.ts'
import { inputOf } from '../task-text.ts'
import { endOf } from './bars.ts'

/** A stretch of the video, seconds. */
export interface TimeRange {
  readonly start: number
  readonly end: number
}

/** The stretch of the video that a task was asked to look at. */
export function requestedRange(task: Task, { duration, frames, frameRate }: Footage): TimeRange {
  const whole = { start: 0, end: duration ?? 0 }
  const range = inputOf(task.request)?.range
  if (!range) return whole
  const seconds = (value: number): number =>
    range.unit !== 'frames' ? value : (frames?.clock.timeOf(value) ?? value / (frameRate ?? 25))
  const start = range.start === undefined ? 0 : seconds(range.start)
  return { start, end: range.end === undefined ? whole.end : Math.min(whole.end, seconds(range.end)) }
}

/** What of that was not read: yet, or at all when it ended early. Null when all was. */
export function unreadRange(task: Task, record: TaskRecord, asked: TimeRange): TimeRange | null {
  if (task.finishReason === 'stop') return null
  const last = record.frameCount - 1
  const start = last < 0 ? asked.start : endOf(record, last)
  return start < asked.end ? { start, end: asked.end } : null
}
