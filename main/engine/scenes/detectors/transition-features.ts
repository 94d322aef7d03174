import { distanceToMixtures, mixedShare, shownOf } from './blend.ts'
import { differenceFitted, histogramDistances } from './colours.ts'
import { commonView } from './bars.ts'
import {
  approximateDistance,
  correlation,
  difference,
  differingShare,
  inView,
  type MeasuredFrame,
  mixtureError,
  stillShare,
} from './measured-frame.ts'
import { mismatch } from './mismatch.ts'
import { bestShift } from './pan.ts'
import { bestSlide } from './slide.ts'
import { bestZoom } from './zoom.ts'
import { SLOT_SECONDS, type Slots } from './slots.ts'
import { lostBothWays } from './structure.ts'

export type TransitionFeatures = Record<string, number>

/** Frames of a possible transition: the last of one shot, five on the way, the first of the next. */
export interface TransitionFrames {
  readonly from: MeasuredFrame
  readonly between: readonly MeasuredFrame[]
  readonly to: MeasuredFrame
}

/** The first look uses every so many pixels; in a row of 48 they cover all columns. */
const STEP = 5

/** Places of the frames on the way, as shares of half of the transition. */
const PLACES = [-0.6, -0.3, 0, 0.3, 0.6]

export function framesOf(slots: Slots, middle: number, half: number): TransitionFrames | null {
  const [from, to] = [slots.at(middle - half), slots.at(middle + half)]
  const between = PLACES.map((place) => slots.at(middle + Math.round(place * half)))
  if (!from || !to || between.includes(null)) return null
  return { from, to, between: between as MeasuredFrame[] }
}

/** The frames without the black bars that first or last have. */
export function withoutBars(frames: TransitionFrames): TransitionFrames {
  const view = commonView(frames.from.bars, frames.to.bars)
  if (!view) return frames
  const seen = (one: MeasuredFrame): MeasuredFrame => inView(one, view)
  return { from: seen(frames.from), between: frames.between.map(seen), to: seen(frames.to) }
}

/** What is cheap to tell, for a first look. @param apart `difference` of first and last frame. */
export function quickTransitionFeatures(
  slots: Slots,
  { middle, half }: { middle: number; half: number },
  frames: TransitionFrames,
  apart: number,
): TransitionFeatures {
  const { from, to } = frames
  const [luma, blue, red] = histogramDistances(from, to)
  return {
    half,
    apart,
    ...mixtureFeatures(frames, apart),
    ...wayFeatures(slots, middle, half, apart),
    differing: differingShare(from, to),
    still: stillShare(from, to),
    correlation: correlation(from, to),
    contrastLeast: Math.min(from.contrast, to.contrast),
    histogramLuma: luma,
    histogramColours: blue + red,
    fitted: differenceFitted(from, to) / apart,
  }
}

/** The other features. */
export function slowTransitionFeatures(frames: TransitionFrames, apart: number): TransitionFeatures {
  return {
    ...shownFeatures(frames),
    ...endFeatures(frames),
    ...slideFeatures(frames, apart),
    ...motionFeatures(frames),
  }
}

function mixtureFeatures({ from, between, to }: TransitionFrames, apart: number): TransitionFeatures {
  const places = between.map((one) => mixedShare(from, to, one, STEP))
  const errors = between.map((one, at) => mixtureError(from, to, one, places[at] ?? 0, STEP) / apart)
  const distances = between.map((one) => distanceToMixtures(from, to, one, STEP) / apart)
  const middle = between[2] as MeasuredFrame
  const sides = [viaError(from, middle, between[1] as MeasuredFrame), viaError(middle, to, between[3] as MeasuredFrame)]
  const backwards = places.map((place, at) => Math.max(0, (places[at - 1] ?? 0) - place))
  return {
    mixtureMean: mean(errors),
    mixtureMost: Math.max(...errors),
    mixtureMiddle: errors[2] ?? 0,
    distanceMean: mean(distances),
    distanceMost: Math.max(...distances),
    distanceMiddle: distances[2] ?? 0,
    placeFirst: places[0] ?? 0,
    placeEarly: places[1] ?? 0,
    placeMiddle: places[2] ?? 0,
    placeLate: places[3] ?? 0,
    placeLast: places[4] ?? 0,
    backwards: Math.max(...backwards),
    via: Math.max(...sides),
    flatness: (2 * middle.contrast) / Math.max(1, from.contrast + to.contrast),
    flatnessLeast:
      Math.min(...between.map(({ contrast }) => contrast)) / Math.max(1, Math.min(from.contrast, to.contrast)),
    middleContrast: middle.contrast,
    sharpness:
      Math.min(...between.map(({ sharpness }) => sharpness)) / Math.max(0.1, Math.min(from.sharpness, to.sharpness)),
  }
}

function shownFeatures({ from, between, to }: TransitionFrames): TransitionFeatures {
  const shown = between.map((one) => shownOf(from, to, one))
  return {
    telling: shown[2]?.telling ?? 0,
    laterEarly: shown[0]?.later ?? 0,
    laterMiddle: shown[2]?.later ?? 0,
    laterLate: shown[4]?.later ?? 0,
    neither: mean(shown.map(({ neither }) => neither)),
    neitherMiddle: shown[2]?.neither ?? 0,
  }
}

/** Error of a frame as a mixture of the two around it, as a share of their difference. */
function viaError(from: MeasuredFrame, to: MeasuredFrame, one: MeasuredFrame): number {
  const apart = difference(from, to)
  return apart < 1 ? 1 : mixtureError(from, to, one, mixedShare(from, to, one, STEP), STEP) / apart
}

/** The steps inside, and the change just before and after: a pan goes on, a transition begins and ends. */
function wayFeatures(slots: Slots, middle: number, half: number, apart: number): TransitionFeatures {
  const [before, after] = [
    changeBetween(slots, middle - 2 * half, middle - half),
    changeBetween(slots, middle + half, middle + 2 * half),
  ]
  const inside = stepsOf(slots, middle - half, middle + half)
  const [earlier, later] = [
    stepsOf(slots, middle - half - Math.max(3, half >> 1), middle - half),
    stepsOf(slots, middle + half, middle + half + Math.max(3, half >> 1)),
  ]
  const usual = Math.max(0.5, mean(inside))
  const outside = [...earlier, ...later]
  return {
    changeBefore: before / apart,
    changeAfter: after / apart,
    way: sum(inside) / apart,
    stepMost: Math.max(0, ...inside) / apart,
    stepMostOfUsual: Math.max(0, ...inside) / usual,
    stepsInside: inside.length,
    outside: mean(outside) / usual,
    outsideLeast: Math.min(mean(earlier), mean(later)) / usual,
    outsideMost: Math.max(0, ...outside) / usual,
    seconds: 2 * half * SLOT_SECONDS,
  }
}

/** Change of each frame in (from, to] to the one before it. */
function stepsOf(slots: Slots, from: number, to: number): number[] {
  const steps: number[] = []
  for (let slot = from + 1; slot <= to; slot++) {
    const [before, one] = [slots.at(slot - 1), slots.at(slot)]
    if (before && one && one !== before) steps.push(one.change)
  }
  return steps
}

function changeBetween(slots: Slots, from: number, to: number): number {
  const [a, b] = [slots.at(from), slots.at(to)]
  return a && b ? approximateDistance(a, b) : -1
}

function endFeatures({ from, to }: TransitionFrames): TransitionFeatures {
  const [lostThere, lostBack] = lostBothWays(from, to)
  return {
    mismatch: mismatch(from, to),
    lostMost: Math.max(lostThere, lostBack),
    lostLeast: Math.min(lostThere, lostBack),
  }
}

/** Whether the frames on the way show one shot moving in: relative to the difference of the shots. */
function slideFeatures({ from, between, to }: TransitionFrames, apart: number): TransitionFeatures {
  const [early, middle, late] = [between[1], between[2], between[3]].map((one) =>
    bestSlide(from, to, one as MeasuredFrame),
  )
  if (!early || !middle || !late) return {}
  return {
    slide: middle.difference / apart,
    slideSides: Math.max(early.difference, late.difference) / apart,
    slideShare: middle.share,
    slideGrows: Math.min(middle.share - early.share, late.share - middle.share),
    slideSameSide: Number(early.side === middle.side && middle.side === late.side),
  }
}

/** Whether a camera that turns or zooms explains the way to the middle and from there. */
function motionFeatures({ from, between, to }: TransitionFrames): TransitionFeatures {
  const middle = between[2] as MeasuredFrame
  const [first, second] = [bestShift(from, middle), bestShift(middle, to)]
  const relative = (value: number, a: MeasuredFrame, b: MeasuredFrame): number =>
    value / Math.max(2, a.contrast + b.contrast)
  const [shiftedFirst, shiftedSecond] = [
    relative(first.difference, from, middle),
    relative(second.difference, middle, to),
  ]
  const [zoomFirst, zoomSecond] = [bestZoom(from, middle), bestZoom(middle, to)]
  const [zoomedFirst, zoomedSecond] = [relative(zoomFirst, from, middle), relative(zoomSecond, middle, to)]
  return {
    shiftedLeast: Math.min(shiftedFirst, shiftedSecond),
    shiftedMost: Math.max(shiftedFirst, shiftedSecond),
    shiftUneven: Math.hypot(first.x - second.x, first.y - second.y),
    shiftLeast: Math.min(Math.hypot(first.x, first.y), Math.hypot(second.x, second.y)),
    zoomedLeast: Math.min(zoomedFirst, zoomedSecond),
    zoomedMost: Math.max(zoomedFirst, zoomedSecond),
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : sum(values) / values.length
}
