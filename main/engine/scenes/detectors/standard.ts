import type { AnalysisFrame, Boundary, BoundaryKind, SceneDetector } from '../detector.ts'
import { CutDetector } from './cut.ts'
import { DissolveDetector } from './dissolve.ts'
import { DriftDetector } from './drift.ts'
import { FadeDetector } from './fade.ts'
import { measure, type MeasuredFrame } from './measured-frame.ts'
import type { TransitionDetector } from './transition-detector.ts'
import { WipeDetector } from './wipe.ts'

const SAME_TRANSITION_FRAMES = 12
/** Of two boundaries for one transition, the kind of higher rank is kept. */
const RANK: Record<BoundaryKind, number> = { drift: 0, dissolve: 1, wipe: 2, cut: 3, fade: 4 }

/** All detectors in one pass over the frames; a transition may be found by several of them. */
export class StandardDetector implements SceneDetector {
  readonly #detectors: readonly TransitionDetector[] = [
    new CutDetector(),
    new FadeDetector(),
    new DissolveDetector(),
    new WipeDetector(),
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
 * boundary of enough confidence replaces another.
 */
export function withoutDuplicates(boundaries: readonly Boundary[]): Boundary[] {
  const inOrder = boundaries.toSorted((a, b) => a.frame - b.frame || RANK[b.kind] - RANK[a.kind])
  const isDuplicate = (one: Boundary, at: number): boolean => {
    for (const step of [-1, 1]) {
      for (let next = at + step; isNear(one, inOrder[next]); next += step) {
        const other = inOrder[next]
        if (other && RANK[other.kind] > RANK[one.kind] && other.confidence >= Math.min(0.5, one.confidence)) return true
      }
    }
    return false
  }
  return inOrder.filter((one, at) => !isDuplicate(one, at))
}

function isNear(one: Boundary, other: Boundary | undefined): boolean {
  return other !== undefined && Math.abs(one.frame - other.frame) <= SAME_TRANSITION_FRAMES
}
