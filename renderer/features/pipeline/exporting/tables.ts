import { boxOf } from '../record/sightings.ts'
import type { TaskRecord } from '../record/task-record.ts'

/**
 * Tables of what a record holds, line by line: one text of hours of video would be larger than a string may be, so they
 * come in parts.
 */

/** Lines of one part. */
const PART = 5000

/**
 * As the MOT benchmarks write tracks: `frame,id,left,top,width,height,confidence,-1,-1,-1`, frames counted from 1 in the
 * order of the video. Targets without a track are detections there, with id -1.
 */
export function motTable(record: TaskRecord): string[] {
  return partsOf(record, (frame, target) => {
    const { left, top, width, height } = boxOf(record, target)
    const id = record.trackIds.at(target) || -1
    const number = record.frameNumbers.at(frame) + 1
    // MOT counts pixels from 1, too.
    return `${number},${id},${left + 1},${top + 1},${width},${height},${numberText(record.confidences.at(target))},-1,-1,-1\n`
  })
}

const SIGHTING_HEAD = 'frame,time,track_id,class,confidence,left,top,width,height,text\n'

/** Every sighting, one a line. */
export function sightingTable(record: TaskRecord): string[] {
  const lines = partsOf(record, (frame, target) => {
    const { left, top, width, height } = boxOf(record, target)
    const text =
      record.findings
        .get(target)
        ?.text?.map((line) => line.text)
        .join(' ') ?? ''
    return csvLine([
      record.frameNumbers.at(frame),
      record.times.at(frame).toFixed(6),
      record.trackIds.at(target) || '',
      record.className(record.classIndexes.at(target)),
      numberText(record.confidences.at(target)),
      left,
      top,
      width,
      height,
      text,
    ])
  })
  return [SIGHTING_HEAD, ...lines]
}

const TRACK_HEAD = 'track_id,class,first_frame,last_frame,first_time,last_time,frames_seen,best_confidence\n'

/** Every track, one a line: the fields of the results. */
export function trackTable(record: TaskRecord): string[] {
  const lines = record.tracks.map((track) =>
    csvLine([
      track.id,
      record.className(track.classIndex),
      record.frameNumbers.at(track.firstFrame),
      record.frameNumbers.at(track.lastFrame),
      record.times.at(track.firstFrame).toFixed(6),
      record.times.at(track.lastFrame).toFixed(6),
      track.frames.length,
      numberText(track.bestConfidence),
    ]),
  )
  return [TRACK_HEAD, ...lines]
}

function partsOf(record: TaskRecord, lineOf: (frame: number, target: number) => string): string[] {
  const parts: string[] = []
  let lines: string[] = []
  for (let frame = 0; frame < record.frameCount; frame += 1) {
    const [from, to] = record.targetsOf(frame)
    for (let target = from; target < to; target += 1) lines.push(lineOf(frame, target))
    if (lines.length < PART) continue
    parts.push(lines.join(''))
    lines = []
  }
  if (lines.length > 0) parts.push(lines.join(''))
  return parts
}

/** As the stream has it: it is stored in four bytes, and would be printed as 0.8999999761581421. */
function numberText(value: number): string {
  return String(Number(value.toFixed(6)))
}

function csvLine(values: readonly (string | number)[]): string {
  return `${values.map(csvField).join(',')}\n`
}

/** RFC 4180. A text that a spreadsheet would take for a formula gets a quote before it. */
function csvField(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const text = /^[=+@\t\r]|^-(?!\d)/.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
