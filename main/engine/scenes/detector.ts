/** Width and height of the pictures that detectors judge: boundaries show at this size, and decoding is the cost. */
export const ANALYSIS_WIDTH = 48
export const ANALYSIS_HEIGHT = 27

/** One frame, small. */
export interface AnalysisFrame {
  /** 0-based, in display order. */
  readonly index: number
  /** Seconds on the player's clock. */
  readonly time: number
  /** Full planes Y, U, V, one after the other, 0..255. */
  readonly pixels: Uint8Array
}

export type BoundaryKind = 'cut' | 'fade' | 'dissolve' | 'wipe'

/** Where a new scene begins. */
export interface Boundary {
  /** First frame of the new scene. */
  readonly frame: number
  /** That frame's time, in seconds on the player's clock. */
  readonly time: number
  readonly kind: BoundaryKind
  /** 0..1. */
  readonly confidence: number
}

/** A way of finding scenes. Frames go in, in order; boundaries come out, in order, as soon as they are certain. */
export interface SceneDetector {
  process(frame: AnalysisFrame): Boundary[]
  /** Call once, after the last frame. */
  finish(): Boundary[]
}
