import { count } from '../../../shared/format/size.ts'
import { inFrame, type Sighting } from '../record/sightings.ts'
import type { Closing, TaskRecord } from '../record/task-record.ts'

/** What an event says, in a line. Of a selected track first. */
export function eventText(record: TaskRecord, frame: number, selected: number | null): string {
  const [from, to] = record.targetsOf(frame)
  if (from === to) return 'nothing'
  // Hundreds of targets a frame are possible; the line has room for a few.
  const targets = inFrame(record, frame)
  const own = targets.find(({ trackId }) => trackId !== null && trackId === selected)
  const others = targets.filter((one) => one !== own)
  const first = own ? [own] : others.slice(0, MOST)
  const more = targets.length - first.length
  return [...first.map(targetText), ...(more > 0 ? [`and ${more} more`] : [])].join(', ')
}

const MOST = 3

/** `13 car .96`, `11 text “LTD”` */
function targetText({ trackId, className, confidence, findings }: Sighting): string {
  const text = findings?.text?.map((line) => line.text).join(' ')
  const feature = findings?.feature && `embedding ${findings.feature.dim}-d`
  const name = trackId === null ? className : `${trackId} ${className}`
  return [name, confidenceText(confidence), text && `“${text}”`, feature].filter(Boolean).join(' ')
}

/** `.96`, `1` */
export function confidenceText(confidence: number): string {
  return confidence >= 0.995 ? '1' : confidence.toFixed(2).slice(1)
}

const REASONS: Readonly<Record<Closing['reason'], string>> = {
  stop: 'Done: all requested frames were analysed.',
  max_frames: 'Done: stopped at the requested maximum of frames.',
  error: 'Failed.',
  cancelled: 'Cancelled.',
}

/** How the stream ended. */
export function closingText({ reason, error, usage }: Closing): string {
  const seconds =
    usage && `${count(usage.processed_frames, 'frame')} in ${(usage.processing_time_ms / 1000).toFixed(1)} s.`
  return [REASONS[reason], error?.message, seconds].filter(Boolean).join(' ')
}
