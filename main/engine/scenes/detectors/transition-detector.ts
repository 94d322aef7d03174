import type { Boundary } from '../detector.ts'
import type { MeasuredFrame } from './measured-frame.ts'

/** Finds one kind of transition. It gets every frame in order, and may answer some frames late. */
export interface TransitionDetector {
  process(picture: MeasuredFrame): Boundary[]
  finish(): Boundary[]
}
