import type { Roi, StreamTarget } from '../../contract/index.ts'
import type { Box, TextLine } from '../models/index.ts'
import type { FrameSize } from './frame-size.ts'

/** A thing found in a frame. Boxes are in pixels of the displayed frame. */
export interface Target {
  readonly className: string
  readonly confidence: number
  readonly box: Box
  /** Lines of text within it, after a step has read them. */
  readonly text?: readonly TextLine[]
  readonly embedding?: { readonly vector: Float32Array; readonly isSent: boolean }
  readonly trackId?: number
}

/** PI-15 */
export function roiOf(box: Box, { width, height }: FrameSize): Roi {
  const left = within(Math.round(box.left), 0, width - 1)
  const top = within(Math.round(box.top), 0, height - 1)
  const right = within(Math.round(box.left + box.width), left + 1, width)
  const bottom = within(Math.round(box.top + box.height), top + 1, height)
  return { left, top, width: right - left, height: bottom - top }
}

function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}

/** A target as it is written to the stream. */
export function toStream(
  { trackId, className, confidence, box, text, embedding }: Target,
  size: FrameSize,
): StreamTarget {
  return {
    ...(trackId === undefined ? {} : { track_id: trackId }),
    class: className,
    confidence,
    roi: roiOf(box, size),
    ...(text && { text: text.map((line) => textOf(line, size)) }),
    ...(embedding && { feature: featureOf(embedding) }),
  }
}

function textOf({ text, confidence, corners }: TextLine, size: FrameSize) {
  const polygon = corners.map(([x, y]): [number, number] => [Math.round(x), Math.round(y)])
  return { text, confidence: round(confidence), roi: roiOf(boxOf(corners), size), polygon }
}

function featureOf({ vector, isSent }: NonNullable<Target['embedding']>) {
  const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  const values = isSent ? { vector: Array.from(vector, (value) => Number(value.toPrecision(6))) } : {}
  return { dim: vector.length, norm: Number(norm.toFixed(4)), ...values }
}

/** The upright box around points. */
export function boxOf(points: readonly (readonly [x: number, y: number])[]): Box {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top }
}

/** As confidences are written to the stream; filters use the same numbers. */
export function round(confidence: number): number {
  return Number(confidence.toFixed(4))
}
