import type { AnalysisFrame, Boundary, BoundaryKind, SceneDetector } from '../detector.ts'
import { CutDetector } from './cut.ts'
import { DriftDetector } from './drift.ts'
import { FadeDetector } from './fade.ts'
import { measure, type MeasuredFrame } from './measured-frame.ts'
import { SlowTransitionDetector } from './transition.ts'
import type { TransitionDetector } from './transition-detector.ts'

/** Boundaries this close, seconds, are of one transition; two cuts only where one may show both shots at once. */
const SAME_TRANSITION_SECONDS = 0.48
const SAME_CUT_SECONDS = 0.1
/** Of two boundaries for one transition, the kind of higher rank is kept. */
const RANK: Record<BoundaryKind, number> = { drift: 0, dissolve: 1, wipe: 2, cut: 3, fade: 4 }

/** All detectors in one pass over the frames; a transition may be found by several of them. */
export class StandardDetector implements SceneDetector {
  readonly #detectors: readonly TransitionDetector[] = [
    new CutDetector(),
    new FadeDetector(),
    new SlowTransitionDetector(),
    new DriftDetector(),
  ]

  #before: MeasuredFrame | null = null

  process(frame: AnalysisFrame): Boundary[] {
    const picture = measure(frame, this.#before)
    this.#before = picture
    return this.#detectors.flatMap((detector) => detector.process(picture))
  }

  finish(): Boundary[] {
    return this.#detectors.flatMap((detector) => detector.finish())
  }
}

/**
 * One boundary for each transition, in order: two detectors may find the same one, such as a dissolve near a cut. Only a
 * boundary of enough confidence replaces one of another kind; of two of one kind the surer stays.
 */
export function withoutDuplicates(boundaries: readonly Boundary[]): Boundary[] {
  const inOrder = boundaries.toSorted((a, b) => a.frame - b.frame || RANK[b.kind] - RANK[a.kind])
  const isDuplicate = (one: Boundary, at: number): boolean => {
    for (const step of [-1, 1]) {
      for (let next = at + step; isNear(one, inOrder[next]); next += step) {
        const other = inOrder[next]
        if (other && isReplaced(one, other, step)) return true
      }
    }
    return false
  }
  return inOrder.filter((one, at) => !isDuplicate(one, at))
}

function isReplaced(one: Boundary, other: Boundary, step: number): boolean {
  if (RANK[other.kind] !== RANK[one.kind]) {
    return RANK[other.kind] > RANK[one.kind] && other.confidence >= Math.min(0.5, one.confidence)
  }
  if (one.kind === 'cut' && Math.abs(one.time - other.time) > SAME_CUT_SECONDS) return false
  return other.confidence > one.confidence || (other.confidence === one.confidence && step < 0)
}

function isNear(one: Boundary, other: Boundary | undefined): boolean {
  return other !== undefined && Math.abs(one.time - other.time) <= SAME_TRANSITION_SECONDS
}
