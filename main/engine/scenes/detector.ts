/** Size of the frames that detectors work on: boundaries are visible at this size, and it is cheap. */
export const ANALYSIS_WIDTH = 48
export const ANALYSIS_HEIGHT = 27

/** One small frame. */
export interface AnalysisFrame {
  /** 0-based, in display order; numbers of frames that were not decoded are missing. */
  readonly index: number
  /** Seconds on the player's clock. */
  readonly time: number
  /** Full planes Y, U, V, one after the other, 0..255. */
  readonly pixels: Uint8Array
}

/** `drift`: a long still scene shows something else by now, without any edit. */
export type BoundaryKind = 'cut' | 'fade' | 'dissolve' | 'wipe' | 'drift'

/** Where a new scene may begin. */
export interface Boundary {
  /** First frame of the new scene. */
  readonly frame: number
  /** That frame's time, in seconds on the player's clock. */
  readonly time: number
  readonly kind: BoundaryKind
  /** 0..1: from 0.5 on a scene begins here at the default sensitivity. */
  readonly confidence: number
  /** How long the transition takes, seconds; 0 for a cut. */
  readonly lasting: number
}

/** Takes frames in order and gives boundary candidates, each as soon as it is judged. */
export interface SceneDetector {
  process(frame: AnalysisFrame): Boundary[]
  /** Call once, after the last frame. */
  finish(): Boundary[]
}
