import type { Boundary } from '../detector.ts'
import type { Picture } from './picture.ts'

/** Finds one kind of transition; told every picture in order, it may answer some frames late. */
export interface TransitionDetector {
  process(picture: Picture): Boundary[]
  finish(): Boundary[]
}
