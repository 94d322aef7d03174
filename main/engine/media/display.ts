import { ratio, type Stream } from './ffprobe-answer.ts'

export type Rotation = 0 | 90 | 180 | 270

export interface DisplaySize {
  width: number
  height: number
}

/** Clockwise rotation in degrees, to the nearest quarter. */
export function rotationOf(stream: Stream): Rotation {
  const matrix = stream.side_data_list.find((data) => data.rotation !== undefined)?.rotation
  // The display matrix is counter-clockwise; the tag of old releases is clockwise.
  const clockwise = matrix === undefined ? Number(stream.tags['rotate'] ?? 0) : -matrix
  const quarters = Number.isFinite(clockwise) ? Math.round(clockwise / 90) : 0
  return ((((quarters % 4) + 4) % 4) * 90) as Rotation
}

/** Displayed size: non-square pixels enlarge one side, then the frame is rotated. */
export function displaySizeOf(stream: Stream): DisplaySize | null {
  if (!stream.width || !stream.height) return null
  const aspect = ratio(stream.sample_aspect_ratio) ?? 1
  const width = aspect > 1 ? Math.round(stream.width * aspect) : stream.width
  const height = aspect < 1 ? Math.round(stream.height / aspect) : stream.height
  return rotationOf(stream) % 180 === 0 ? { width, height } : { width: height, height: width }
}
