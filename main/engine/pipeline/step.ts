import type { StepModel } from '../../contract/index.ts'
import type { Frame } from './frame.ts'
import type { Target } from './target.ts'

/** One stage of a pipeline: a model with its parameters. */
export interface Step {
  /**
   * Works on a frame's targets.
   * @param targets those that pass the step's `when`; the others go on unchanged.
   * @returns what becomes of them, in the same order, and behind them what is new.
   */
  run(frame: Frame, targets: readonly Target[]): Promise<readonly Target[]>
  /** It finds targets by itself: tracking waits for the last such step. */
  readonly isFinder: boolean
  /** Of a finder: the least confidence worth telling, where the request says so. Nothing fainter may be told then. */
  readonly minimumConfidence?: number | undefined
  /** It needs the picture as large as it comes. */
  readonly needsDetail: boolean
}

/** A model that steps may name. A new one is its file and its line in `steps/index.ts`. */
export interface StepKind {
  readonly model: StepModel
  /**
   * @param isFirst nothing before it finds targets.
   * @throws EngineError `invalid_input`.
   */
  create(parameters: unknown, isFirst: boolean): Step
}
