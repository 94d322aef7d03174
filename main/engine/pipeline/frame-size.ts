/** Pixels of the displayed frame. */
export interface FrameSize {
  readonly width: number
  readonly height: number
}

/** Scaled down until the longer side is at most `longSide`; never enlarged. */
export function fit({ width, height }: FrameSize, longSide: number): FrameSize {
  const scale = Math.min(1, longSide / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
