import type { AnalysisFrame, Boundary, BoundaryKind, SceneDetector } from '../detector.ts'
import { MinimumSceneLength } from '../minimum-length.ts'
import { CutDetector } from './cut.ts'
import { DissolveDetector } from './dissolve.ts'
import { FadeDetector } from './fade.ts'
import { measure } from './picture.ts'
import type { TransitionDetector } from './transition-detector.ts'
import { WipeDetector } from './wipe.ts'

/** Frames after which no detector speaks of a frame any more: the longest dissolve, and the wait for a better one. */
const SETTLED_AFTER = 160
const SAME_TRANSITION_FRAMES = 12
/** Which of two kinds names a transition better. */
const RANK: Record<BoundaryKind, number> = { dissolve: 0, wipe: 1, cut: 2, fade: 3 }

/** Cuts, fades, dissolves and wipes from one pass over the pictures. */
export class StandardDetector implements SceneDetector {
  readonly #detectors: readonly TransitionDetector[] = [
    new CutDetector(),
    new FadeDetector(),
    new DissolveDetector(),
    new WipeDetector(),
  ]
  readonly #minimum = new MinimumSceneLength()
  #found: Boundary[] = []

  process(frame: AnalysisFrame): Boundary[] {
    const picture = measure(frame)
    this.#collect((detector) => detector.process(picture))
    return this.#settle(frame.index - SETTLED_AFTER)
  }

  finish(): Boundary[] {
    this.#collect((detector) => detector.finish())
    return [...this.#settle(Infinity), ...this.#minimum.finish()]
  }

  #collect(ask: (detector: TransitionDetector) => Boundary[]): void {
    this.#found.push(...this.#detectors.flatMap(ask))
  }

  /** Boundaries up to a frame, in order, each transition once. */
  #settle(upTo: number): Boundary[] {
    if (!this.#found.some((boundary) => boundary.frame <= upTo)) return []
    this.#found = withoutEchoes(this.#found)
    const settled = this.#found.filter((boundary) => boundary.frame <= upTo)
    this.#found = this.#found.filter((boundary) => boundary.frame > upTo)
    return settled.flatMap((boundary) => this.#minimum.process(boundary))
  }
}

/** One transition may be seen by two detectors: a dissolve close to a cut or a fade is part of it. */
function withoutEchoes(boundaries: readonly Boundary[]): Boundary[] {
  const isNear = (a: Boundary, b: Boundary): boolean => Math.abs(a.frame - b.frame) <= SAME_TRANSITION_FRAMES
  const isEcho = (a: Boundary): boolean =>
    boundaries.some((b) => b !== a && RANK[b.kind] > RANK[a.kind] && isNear(a, b))
  return boundaries.filter((boundary) => !isEcho(boundary)).sort((a, b) => a.frame - b.frame)
}
