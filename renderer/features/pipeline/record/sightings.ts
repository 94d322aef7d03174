import type { Roi } from '../../../../main/contract/index.ts'
import type { Findings, TaskRecord } from './task-record.ts'

/** One target as it is drawn. Sides in pixels of the displayed picture, fractions included. */
export interface Sighting {
  /** Stable while it is drawn. */
  readonly key: string
  readonly trackId: number | null
  readonly className: string
  readonly confidence: number
  /** 1 to 8. */
  readonly colour: number
  readonly box: Roi
  readonly findings: Findings | undefined
}

export interface Sightings {
  /** `seen`: in this very frame. `between`: this frame was skipped, and the places lie between those of its neighbours. */
  readonly kind: 'seen' | 'between'
  /** Frame of the record they come from, or the one before. */
  readonly frame: number
  readonly list: readonly Sighting[]
}

/** Frames further apart than this say nothing about the time between them, seconds. */
const LONGEST_GAP = 1.5
const NONE: Sightings = { kind: 'between', frame: -1, list: [] }

/**
 * What to draw over the picture.
 * @param time when the picture on screen begins, seconds
 * @param number its number in the video; null while frames are not counted
 */
export function sightingsAt(record: TaskRecord, time: number, number: number | null): Sightings {
  const exact = number === null ? nearest(record, time) : record.frameOfNumber(number)
  if (exact >= 0) return { kind: 'seen', frame: exact, list: inFrame(record, exact) }
  const before = number === null ? record.frameAt(time) : record.frameNumbers.countUpTo(number) - 1
  return before < 0 || before + 1 >= record.frameCount ? { ...NONE, frame: before } : between(record, before, time)
}

/** Those of one frame of the record. */
export function inFrame(record: TaskRecord, frame: number): Sighting[] {
  const [from, to] = record.targetsOf(frame)
  return Array.from({ length: to - from }, (_, at) => sighting(record, from + at))
}

/** Of a target, by its place in the record. */
export function boxOf({ boxes }: TaskRecord, target: number): Roi {
  const at = 4 * target
  return { left: boxes.at(at), top: boxes.at(at + 1), width: boxes.at(at + 2), height: boxes.at(at + 3) }
}

function sighting(record: TaskRecord, target: number): Sighting {
  const trackId = record.trackIds.at(target)
  const classIndex = record.classIndexes.at(target)
  return {
    key: trackId > 0 ? `track ${trackId}` : `target ${target}`,
    trackId: trackId > 0 ? trackId : null,
    className: record.className(classIndex),
    confidence: record.confidences.at(target),
    colour: record.track(trackId)?.colour ?? (classIndex % 8) + 1,
    box: boxOf(record, target),
    findings: record.findings.get(target),
  }
}

/** Without counted frames, the one that begins within a quarter of a frame of it. */
function nearest(record: TaskRecord, time: number): number {
  const tolerance = 0.25 / (record.frameRate ?? 25)
  const at = record.frameAt(time, tolerance)
  return at >= 0 && Math.abs(record.times.at(at) - time) <= tolerance ? at : -1
}

function between(record: TaskRecord, before: number, time: number): Sightings {
  const [start, end] = [record.times.at(before), record.times.at(before + 1)]
  if (end - start > LONGEST_GAP) return { ...NONE, frame: before }
  const share = Math.min(1, Math.max(0, (time - start) / (end - start)))
  const later = new Map(inFrame(record, before + 1).map((one) => [one.key, one]))
  const list = inFrame(record, before).flatMap((one) => {
    const other = later.get(one.key)
    return one.trackId !== null && other ? [{ ...one, box: mixed(one.box, other.box, share), findings: undefined }] : []
  })
  return { kind: 'between', frame: before, list }
}

function mixed(one: Roi, other: Roi, share: number): Roi {
  const mix = (a: number, b: number): number => a + (b - a) * share
  return {
    left: mix(one.left, other.left),
    top: mix(one.top, other.top),
    width: mix(one.width, other.width),
    height: mix(one.height, other.height),
  }
}
