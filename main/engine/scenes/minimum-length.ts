import type { Candidate } from './candidates.ts'

/** Times are sums of rounded ones: a scene that is just long enough must not fail by a billionth. */
const ROUNDING = 1e-6

/** Lets no scene be shorter than a minimum: of boundaries that are too close, the surest stays. */
export class MinimumSceneLength {
  constructor(private readonly seconds: number) {}

  /**
   * The boundaries of a stretch that leave no scene in it too short, in order of time. The surest choose their place
   * first, the earlier of two equals: so a less sure one never displaces another, and letting more of them in never
   * takes a scene away.
   */
  choose<B extends Pick<Candidate, 'time' | 'confidence'>>(boundaries: readonly B[], from: number, to: number): B[] {
    const least = Math.max(this.seconds - ROUNDING, ROUNDING)
    const chosen: B[] = []
    const bySureness = boundaries.toSorted((a, b) => b.confidence - a.confidence || a.time - b.time)
    for (const boundary of bySureness) {
      if (boundary.time - from < least || to - boundary.time < least) continue
      const at = placeOf(boundary.time, chosen)
      const [before, after] = [chosen[at - 1], chosen[at]]
      if (before && boundary.time - before.time < least) continue
      if (after && after.time - boundary.time < least) continue
      chosen.splice(at, 0, boundary)
    }
    return chosen
  }
}

/** Where `time` belongs among boundaries in order. */
function placeOf(time: number, chosen: ReadonlyArray<{ readonly time: number }>): number {
  let [low, high] = [0, chosen.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((chosen[middle]?.time ?? Infinity) < time) low = middle + 1
    else high = middle
  }
  return low
}
