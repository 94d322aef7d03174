import { ANALYSIS_WIDTH as WIDTH } from '../detector.ts'
import { changedShare, mismatch } from './mismatch.ts'
import { difference, approximateDifference, pixelDifference, PLANE, type MeasuredFrame } from './measured-frame.ts'
import { type TransitionMatch, WindowedDetector } from './windowed.ts'

/** Half of the lengths that are tried, in frames. */
const HALVES = [7, 11, 17]
/** Every third frame is close enough to the middle. */
const EVERY = 3
/** First and last frame differ by at least this. */
const LEAST_DIFFERENCE = 12
/** Error of the approximations, as a share. */
const APPROXIMATION_ERROR = 0.2
/** How much longer the way over the middle frame may be: some of it may show neither shot, and both move. */
const MOST_DETOUR = 1.7
const LEAST_MISMATCH = 0.7
/** Share of the frame that must change: a passer-by or a title changes less. */
const LEAST_CHANGED = 0.8
/** A first or last frame with less contrast is empty: a fade, or a pan to a wall. */
const LEAST_CONTRAST = 14
/** A pixel that differs less between first and last frame is not counted. */
const TELLING = 36
/** Share of the pixels that must be counted. */
const LEAST_TELLING = 0.5
/** A counted pixel this far from both shots, as a share of their difference, shows neither. */
const NEITHER = 0.34
/** Share of the counted pixels that may show neither, in the middle and in all frames: in a dissolve or a pan most do. */
const MOST_NEITHER = 0.3
const MOST_NEITHER_ON_THE_WAY = 0.2
/** Share of counted neighbours that may show different shots: a wipe has one edge, motion has many. */
const MOST_EDGES = 0.14
/** Share that one step may uncover: a cut uncovers all at once. */
const MOST_STEP = 0.45
/** Largest change just before and after, as a share of the difference between the shots: more is continuing motion. */
const MOST_AROUND = 0.6
/** A wipe is found around several middle frames; one match may be a passing bus. */
const FOUND_ONCE = 0.45
/** Steps, of two frames, in which both shots must be visible. */
const LEAST_STEPS = 3

/** What a frame between two shots shows of them. */
interface Shown {
  /** Share of the counted pixels that show the later shot. */
  later: number
  /** Share that shows neither shot. */
  neither: number
}

/**
 * Wipes: between two shots, every pixel shows one shot or the other, not a mixture; the later shot grows from nothing to all
 * of the frame, with one clean edge.
 */
export class WipeDetector extends WindowedDetector {
  constructor() {
    super({ kind: 'wipe', halves: HALVES, every: EVERY, reach: 2 * Math.max(...HALVES) })
  }

  protected override confidenceOf({ confidence }: TransitionMatch, times: number): number {
    return times > 1 ? confidence : Math.min(FOUND_ONCE, confidence)
  }

  protected override around(frame: number, half: number): TransitionMatch | null {
    const [from, middle, to] = [-half, 0, half].map((offset) => this.history.at(frame + offset))
    if (!from || !middle || !to || !isWorthALook(from, middle, to)) return null
    if (Math.min(from.contrast, to.contrast) < LEAST_CONTRAST || difference(from, to) < LEAST_DIFFERENCE) return null
    const ends = new WipeEnds(from, to)
    if (ends.telling < LEAST_TELLING) return null
    const shown = ends.shownBy(middle)
    if (shown.later < 0.25 || shown.later > 0.75) return null
    if (shown.neither > MOST_NEITHER || ends.edges() > MOST_EDGES) return null
    if (!this.#grows(ends, frame, half)) return null
    if ((this.changeAround(frame, half, difference(from, to)) ?? 0) > MOST_AROUND) return null
    const changed = mismatch(from, to)
    if (changed < LEAST_MISMATCH || changedShare(from, to) < LEAST_CHANGED) return null
    const confidence = Math.min(1, 0.5 + (changed * (1 - shown.neither / MOST_NEITHER / 2)) / 2)
    return { middle, half, lasting: to.time - from.time, confidence }
  }

  /** Whether the later shot appears gradually. */
  #grows(ends: WipeEnds, frame: number, half: number): boolean {
    let before = 0
    let between = 0
    let neither = 0
    let steps = 0
    for (let at = frame - half + 1; at < frame + half; at += 2) {
      const picture = this.history.at(at)
      if (!picture) return false
      const shown = ends.shownBy(picture)
      const { later } = shown
      neither += shown.neither
      steps++
      if (later - before > MOST_STEP || before - later > MOST_STEP / 3) return false
      if (later > 0.1 && later < 0.9) between++
      before = later
    }
    return before > 1 - MOST_STEP && between >= LEAST_STEPS && neither <= MOST_NEITHER_ON_THE_WAY * steps
  }
}

/**
 * A cheap check before the others: where every pixel shows one shot or the other, the differences from the middle to both
 * are together as large as the difference between them.
 */
function isWorthALook(from: MeasuredFrame, middle: MeasuredFrame, to: MeasuredFrame): boolean {
  const apart = approximateDifference(from, to)
  if (apart < LEAST_DIFFERENCE * (1 - APPROXIMATION_ERROR)) return false
  return approximateDifference(from, middle) + approximateDifference(middle, to) <= MOST_DETOUR * apart
}

/** The two shots of a possible wipe, and their difference in each pixel. */
class WipeEnds {
  readonly telling: number
  readonly #apart = new Uint16Array(PLANE)
  /** 0: not counted or neither, 1: the earlier shot, 2: the later one. */
  readonly #shows = new Uint8Array(PLANE)

  constructor(
    private readonly from: MeasuredFrame,
    private readonly to: MeasuredFrame,
  ) {
    let telling = 0
    for (let at = 0; at < PLANE; at++) {
      const apart = pixelDifference(from.pixels, to.pixels, at)
      this.#apart[at] = apart < TELLING ? 0 : apart
      if (apart >= TELLING) telling++
    }
    this.telling = telling / PLANE
  }

  shownBy(picture: MeasuredFrame): Shown {
    let later = 0
    let neither = 0
    for (let at = 0; at < PLANE; at++) {
      const apart = this.#apart[at] as number
      if (apart === 0) continue
      const toFrom = pixelDifference(this.from.pixels, picture.pixels, at)
      const toTo = pixelDifference(this.to.pixels, picture.pixels, at)
      const isNeither = Math.min(toFrom, toTo) > NEITHER * apart
      if (toTo < toFrom) later++
      if (isNeither) neither++
      this.#shows[at] = isNeither ? 0 : toTo < toFrom ? 2 : 1
    }
    const all = this.telling * PLANE
    return { later: later / all, neither: neither / all }
  }

  /** Share of counted neighbours that show different shots, in the frame last compared. */
  edges(): number {
    let pairs = 0
    let different = 0
    for (let at = 0; at < PLANE - WIDTH; at++) {
      const one = this.#shows[at] as number
      if (one === 0) continue
      for (const neighbour of [at + 1, at + WIDTH]) {
        const other = this.#shows[neighbour] as number
        if (other === 0) continue
        pairs++
        if (other !== one) different++
      }
    }
    return pairs === 0 ? 1 : different / pairs
  }
}
