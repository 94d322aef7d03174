import type { StepKind } from '../step.ts'
import { detect } from './detect.ts'
import { feature } from './feature.ts'
import { ocr } from './ocr.ts'

/** Every model that a step may name; a new one is its file and its line here. */
export const stepKinds: readonly StepKind[] = [detect, ocr, feature]
