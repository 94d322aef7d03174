import type { VideoSort, VideoState } from '../../contract/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import { analysisJob } from '../scenes/index.ts'
import { previewJob } from './preview-job.ts'
import type { VideoEntry } from './video-entries.ts'
import type { VideoIndex } from './video-index.ts'

export interface VideoQuery {
  readonly search: string
  readonly state: VideoState
  readonly sort: VideoSort
}

/** Which videos a list shows, and in which order. */
export class VideoLists {
  readonly #index: VideoIndex
  readonly #jobs: JobQueue

  constructor(index: VideoIndex, jobs: JobQueue) {
    this.#index = index
    this.#jobs = jobs
  }

  /** Those whose title or filename has the searched text, in any case. */
  async found(search: string, sort: VideoSort): Promise<readonly VideoEntry[]> {
    const needle = search.trim().toLowerCase()
    const all = await this.#index.all(sort)
    return needle === '' ? all : all.filter(({ text }) => text.includes(needle))
  }

  /** What is found in each state, by the videos' latest jobs. */
  async order({ search, state, sort }: VideoQuery) {
    const found = await this.found(search, sort)
    const working = this.#among(found, ['pending', 'processing'])
    const failed = this.#among(found, ['failed'])
    const entries = { all: found, working, failed }[state]
    return {
      ids: entries.map(({ id }) => id).join(''),
      seconds: Float64Array.from(entries, ({ seconds }) => seconds ?? 0),
      bytes: Float64Array.from(entries, ({ bytes }) => bytes),
      days: sort === 'newest' || sort === 'oldest' ? daysOf(entries) : [],
      counts: { all: found.length, working: working.length, failed: failed.length },
    }
  }

  #among(found: readonly VideoEntry[], statuses: readonly ('pending' | 'processing' | 'failed')[]): VideoEntry[] {
    const analysed = this.#jobs.subjectsWith(analysisJob, statuses)
    // A preview copy is of interest only where there is none and one is needed.
    const previewed = this.#jobs.subjectsWith(previewJob, statuses)
    if (analysed.size + previewed.size === 0) return []
    return found.filter(({ id, lacksPreview }) => analysed.has(id) || (lacksPreview && previewed.has(id)))
  }
}

/** How many are of each day of this machine's calendar, in the order of the entries, which is one of time. */
function daysOf(entries: readonly VideoEntry[]) {
  const days: { at: number; count: number; seconds: number }[] = []
  let [from, to] = [0, 0]
  for (const { createdAt, seconds } of entries) {
    if (createdAt < from || createdAt >= to || days.length === 0) {
      ;[from, to] = dayAround(createdAt)
      days.push({ at: createdAt, count: 0, seconds: 0 })
    }
    const day = days.at(-1)
    if (!day) continue
    day.count += 1
    day.seconds += seconds ?? 0
  }
  return days
}

/** Start of the day around an instant, and of the next: a calendar for each video would take its time. */
function dayAround(time: number): [from: number, to: number] {
  const day = new Date(time)
  day.setHours(0, 0, 0, 0)
  const from = day.getTime()
  return [from, day.setDate(day.getDate() + 1)]
}
