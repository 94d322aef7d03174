import type { Video } from '../../../main/contract/index.ts'
import { count } from '../../shared/format/size.ts'
import { dayName, span } from '../../shared/format/time.ts'

/** Title, facts and the air between them and the picture: pixels. */
export const TEXT_HEIGHT = 44
export const DAY_HEIGHT = 36

/** The videos added on one day of this machine's calendar. */
export interface Day {
  /** An instant of that day. */
  readonly at: string
  readonly count: number
  readonly seconds: number
  /** False while more videos of this day may not have been asked for yet. */
  readonly whole: boolean
}

/** What the grid shows one below the other. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly day: Day }
  | { readonly kind: 'videos'; readonly key: string; readonly videos: readonly Video[] }

interface Arrangement {
  readonly columns: number
  /** Under headings; the videos come in order of time. */
  readonly byDay: boolean
  /** Whether these are all videos there are. */
  readonly complete: boolean
}

/** Cuts the videos, in their order, into rows, and puts a heading above each day. */
export function rowsOf(videos: readonly Video[], { columns, byDay, complete }: Arrangement): Row[] {
  if (!byDay) return chunks(videos, columns)
  const days = groupByDay(videos)
  return days.flatMap((ofDay, index) => {
    const at = ofDay[0]?.createdAt ?? ''
    const whole = complete || index < days.length - 1
    const day = { at, count: ofDay.length, seconds: totalSeconds(ofDay), whole }
    return [{ kind: 'day', key: `day ${at}`, day } satisfies Row, ...chunks(ofDay, columns)]
  })
}

/** `Today` and `12 April, 8 videos, 1 h 38 min`; how much it is only once that is known. */
export function dayWords({ at, count: amount, seconds, whole }: Day, now = new Date()): [name: string, facts: string] {
  const name = dayName(at, now)
  const date = new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })
  const facts = [name.startsWith(date) ? null : date, whole ? `${count(amount, 'video')}, ${span(seconds)}` : null]
  return [name, facts.filter((fact) => fact !== null).join(', ')]
}

function chunks(videos: readonly Video[], columns: number): Row[] {
  const rows: Row[] = []
  for (let start = 0; start < videos.length; start += columns) {
    const some = videos.slice(start, start + columns)
    rows.push({ kind: 'videos', key: some[0]?.videoId ?? '', videos: some })
  }
  return rows
}

function groupByDay(videos: readonly Video[]): Video[][] {
  const days: Video[][] = []
  let [from, to] = [0, 0]
  for (const video of videos) {
    const time = Date.parse(video.createdAt)
    if (time >= from && time < to) days.at(-1)?.push(video)
    else {
      ;[from, to] = dayAround(time)
      days.push([video])
    }
  }
  return days
}

/** Start of the day around an instant, and of the next: a calendar for each of 10,000 videos would take its time. */
function dayAround(time: number): [from: number, to: number] {
  const day = new Date(time)
  day.setHours(0, 0, 0, 0)
  const from = day.getTime()
  return [from, day.setDate(day.getDate() + 1)]
}

/** How long these videos are together; what has no known duration counts as nothing. */
export function totalSeconds(videos: readonly Video[]): number {
  return videos.reduce((sum, { metadata }) => sum + (metadata.durationSeconds ?? 0), 0)
}

/** Ids of the videos, row by row, headings left out. */
export function linesOf(rows: readonly Row[]): string[][] {
  return rows.flatMap((row) => (row.kind === 'videos' ? [row.videos.map(({ videoId }) => videoId)] : []))
}

/** Index of the row with this video, or -1. */
export function rowWith(rows: readonly Row[], videoId: string | null): number {
  return rows.findIndex((row) => row.kind === 'videos' && row.videos.some((video) => video.videoId === videoId))
}
