import type { StepKind } from '../step.ts'
import { detect } from './detect.ts'
import { feature } from './feature.ts'
import { ocr } from './ocr.ts'

/** All models that a step may name. */
export const stepKinds: readonly StepKind[] = [detect, ocr, feature]
