import { partitionPoint } from '../../base/binary-search.ts'
import type { Candidate } from './candidates.ts'

/** Times are sums of rounded numbers: a scene that is just long enough must not fail by a billionth. */
const ROUNDING = 1e-6

/** Enforces a minimum length of scenes: of boundaries that are too close, the surest stays. */
export class MinimumSceneLength {
  constructor(private readonly seconds: number) {}

  /**
   * The boundaries between two times that leave no scene too short, in order of time. They are added by confidence, of
   * equals the earlier first: a less sure one never replaces another, and more boundaries never give fewer scenes.
   */
  choose<B extends Pick<Candidate, 'time' | 'confidence'>>(boundaries: readonly B[], from: number, to: number): B[] {
    const least = Math.max(this.seconds - ROUNDING, ROUNDING)
    const chosen: B[] = []
    const bySureness = boundaries.toSorted((a, b) => b.confidence - a.confidence || a.time - b.time)
    for (const boundary of bySureness) {
      if (boundary.time - from < least || to - boundary.time < least) continue
      const at = partitionPoint(chosen.length, (index) => (chosen[index]?.time ?? Infinity) < boundary.time)
      const [before, after] = [chosen[at - 1], chosen[at]]
      if (before && boundary.time - before.time < least) continue
      if (after && after.time - boundary.time < least) continue
      chosen.splice(at, 0, boundary)
    }
    return chosen
  }
}
