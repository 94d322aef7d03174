import type { AnalysisFrame } from '../../../main/engine/scenes/detector.ts'
import { cutAt } from '../../../main/engine/scenes/detectors/cut.ts'
import { CutWindow } from '../../../main/engine/scenes/detectors/cut-window.ts'
import { measure, type MeasuredFrame } from '../../../main/engine/scenes/detectors/measured-frame.ts'
import { Slots } from '../../../main/engine/scenes/detectors/slots.ts'
import { matchesAround, TRANSITION_REACH } from '../../../main/engine/scenes/detectors/transition.ts'

/** A place that a detector examines, with what it sees there. Numbers of frames as in the video. */
export interface Observed {
  /** The last frame before a cut, and the first after; those of a slow transition's ends. */
  readonly from: number
  readonly to: number
  /** The frame at which a scene would begin. */
  readonly at: number
  readonly features: Readonly<Record<string, number>>
}

/** The possible cuts of a video. */
export function observeCuts(frames: readonly AnalysisFrame[]): Observed[] {
  const window = new CutWindow()
  const found: Observed[] = []
  let judged = 1
  const judge = (): void => {
    const [before, after] = [window.at(judged - 1), window.at(judged)]
    const features = cutAt(window, judged++, () => true)
    if (before && after && features) found.push({ from: before.index, to: after.index, at: after.index, features })
  }
  for (const picture of measured(frames)) {
    window.add(picture)
    while (window.isComplete(judged)) judge()
  }
  while (judged <= window.last) judge()
  return found
}

/** The possible slow transitions of a video. */
export function observeTransitions(frames: readonly AnalysisFrame[]): Observed[] {
  const slots = new Slots(2 * TRANSITION_REACH + 1)
  const found: Observed[] = []
  let judged = 0
  const judgeUntil = (until: number): void => {
    judged = Math.max(judged, until - 2 * TRANSITION_REACH)
    for (; judged <= until; judged++) {
      for (const { middle, half, frame, features } of matchesAround(slots, judged, () => true)) {
        const [from, to] = [slots.at(middle - half), slots.at(middle + half)]
        if (from && to) found.push({ from: from.index, to: to.index, at: frame.index, features })
      }
    }
  }
  for (const picture of measured(frames)) if (slots.add(picture)) judgeUntil(slots.last - TRANSITION_REACH)
  judgeUntil(slots.last)
  return found
}

function* measured(frames: readonly AnalysisFrame[]): Generator<MeasuredFrame> {
  let before: MeasuredFrame | null = null
  for (const frame of frames) {
    before = measure(frame, before)
    yield before
  }
}

/** Kept pictures as the detectors get them, numbered by their place among all pictures of the film. */
export function numbered(all: readonly KeptPicture[], read: readonly KeptPicture[]): AnalysisFrame[] {
  const numbers = new Map(all.map(({ time }, number) => [time, number]))
  return read.flatMap(({ time, pixels }) => {
    const index = numbers.get(time)
    return index === undefined ? [] : [{ index, time, pixels }]
  })
}

interface KeptPicture {
  readonly time: number
  readonly pixels: Uint8Array
}
