import { partitionPoint } from '../../../../main/contract/index.ts'
import type { TaskRecord } from '../record/task-record.ts'
import type { Run, Track } from '../record/track.ts'

/** A bar of a lane, in pixels of its visible part. */
export interface Bar {
  readonly left: number
  readonly width: number
}

/** What an eye can hold apart. */
const NARROWEST = 2
const NARROWEST_GAP = 1

export interface LaneScale {
  readonly pixelsPerSecond: number
  /** Pixels scrolled away on the left. */
  readonly left: number
  readonly width: number
}

/** The bars of a track that are in sight. Gaps too narrow to be seen are not drawn. */
export function barsOf(record: TaskRecord, { runs }: Track, { pixelsPerSecond, left, width }: LaneScale): Bar[] {
  const bars: Bar[] = []
  for (let at = firstVisible(record, runs, left / pixelsPerSecond); at < runs.length; at += 1) {
    const run = runs[at]
    if (!run) break
    const start = record.times.at(run.first) * pixelsPerSecond - left
    if (start > width) break
    const end = Math.max(start + NARROWEST, endOf(record, run.last) * pixelsPerSecond - left)
    const before = bars.at(-1)
    if (before && start - (before.left + before.width) < NARROWEST_GAP) {
      bars[bars.length - 1] = { left: before.left, width: Math.max(before.width, end - before.left) }
    } else bars.push({ left: start, width: end - start })
  }
  return bars
}

/** When a frame makes way for the next that was looked at, seconds; the last one lasts as long as the one before. */
export function endOf({ times, frameCount }: TaskRecord, frame: number): number {
  if (frame + 1 < frameCount) return times.at(frame + 1)
  const interval = frameCount > 1 ? times.at(frameCount - 1) - times.at(frameCount - 2) : 0
  return times.at(frame) + interval
}

/** Index of the first run that ends at `time` or later. */
function firstVisible(record: TaskRecord, runs: readonly Run[], time: number): number {
  return partitionPoint(runs.length, (at) => endOf(record, runs[at]?.last ?? 0) < time)
}
