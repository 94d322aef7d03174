import type { StepModel } from '../../contract/index.ts'
import type { Frame } from './frame.ts'
import type { Target } from './target.ts'

/** One step of a request: a model with its parameters. */
export interface Step {
  /**
   * Works on a frame's targets.
   * @param targets those that match the step's `when`; the others stay unchanged (PI-14).
   * @returns their replacements, in the same order, and after them the new ones.
   */
  run(frame: Frame, targets: readonly Target[]): Promise<readonly Target[]>
  /** It finds targets by itself: tracking comes after the last such step. */
  readonly isFinder: boolean
  /** Of a finder: the request's minimum confidence, if it has one. Weaker targets are not reported then. */
  readonly minimumConfidence?: number | undefined
  /** It needs frames decoded in a higher resolution. */
  readonly needsDetail: boolean
}

/** A model that steps may name. A new one is a file in `steps/` and a line in `steps/index.ts`. */
export interface StepKind {
  readonly model: StepModel
  /**
   * @param isFirst no step before it finds targets.
   * @throws EngineError `invalid_input`.
   */
  create(parameters: unknown, isFirst: boolean): Step
}
