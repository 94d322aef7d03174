import type { Video } from '../../../main/contract/index.ts'
import { pictureLine, sizeLine, soundLine } from '../../shared/format/media.ts'
import { size } from '../../shared/format/size.ts'
import { clock, dateTime } from '../../shared/format/time.ts'

/** `1280 × 720, 25 fps, 412 MB`: what is known, for the line beside a title. */
export function shortFacts({ metadata, sizeBytes }: Video): string {
  return [pictureLine({ ...metadata, videoCodec: null }), size(sizeBytes)].filter(Boolean).join(', ')
}

/** Name and value of what is known of a video; what is not known is left out. */
export function longFacts({ metadata, sizeBytes, sceneCount, createdAt }: Video): (readonly [string, string])[] {
  const { durationSeconds, recordedAt, rotation, bitrateKbps, formatName } = metadata
  const facts: (readonly [name: string, value: string | null])[] = [
    ['Scenes', sceneCount > 0 ? sceneCount.toLocaleString('en-GB') : null],
    ['Length', durationSeconds === null ? null : clock(durationSeconds)],
    ['Recorded', recordedAt && dateTime(recordedAt)],
    ['Added', dateTime(createdAt)],
    ['Video', pictureLine(metadata)],
    ['Turned', rotation === 0 ? null : `${rotation}° clockwise`],
    ['Sound', soundLine(metadata)],
    ['Size', sizeLine(sizeBytes, bitrateKbps)],
    ['Container', formatName],
  ]
  return facts.flatMap(([name, value]) => (value ? [[name, value] as const] : []))
}
