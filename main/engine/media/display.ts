import { ratio, type Stream } from './ffprobe-answer.ts'

export type Rotation = 0 | 90 | 180 | 270

export interface DisplaySize {
  width: number
  height: number
}

/** Clockwise degrees to turn the picture by, to the nearest quarter. */
export function rotationOf(stream: Stream): Rotation {
  const matrix = stream.side_data_list.find((data) => data.rotation !== undefined)?.rotation
  // The display matrix counts counter-clockwise; the tag of old releases counts clockwise.
  const clockwise = matrix === undefined ? Number(stream.tags['rotate'] ?? 0) : -matrix
  const quarters = Number.isFinite(clockwise) ? Math.round(clockwise / 90) : 0
  return ((((quarters % 4) + 4) % 4) * 90) as Rotation
}

/** Pixels as displayed: pixels that are not square stretch the shorter way up, then the picture is turned. */
export function displaySizeOf(stream: Stream): DisplaySize | null {
  if (!stream.width || !stream.height) return null
  const aspect = ratio(stream.sample_aspect_ratio) ?? 1
  const width = aspect > 1 ? Math.round(stream.width * aspect) : stream.width
  const height = aspect < 1 ? Math.round(stream.height / aspect) : stream.height
  return rotationOf(stream) % 180 === 0 ? { width, height } : { width: height, height: width }
}
