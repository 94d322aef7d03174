import { commonView, viewShare } from './bars.ts'
import { differenceFitted, histogramDistances, histogramShare, meanOf } from './colours.ts'
import type { CutWindow } from './cut-window.ts'
import { changedShare, mismatch } from './mismatch.ts'
import {
  correlation,
  difference,
  differingShare,
  distance,
  inCommonView,
  type MeasuredFrame,
  stillShare,
} from './measured-frame.ts'
import { bestShift } from './pan.ts'
import { lostBothWays } from './structure.ts'

/** Grey levels of coding noise. */
const NOISE = 0.5
/** Frames on both sides that give the usual change, of which at least so many decoded ones; and the usual mismatch. */
const AROUND = 8
const AROUND_AT_LEAST = 3
const CLOSE = 4
/** Seconds on both sides over which the shots are compared with themselves and with each other. */
const SPANS = [0.08, 0.16, 0.32]
/** Longest flash or dark phase, seconds, and how many frames of it are compared. */
const FLASH_SECONDS = 0.32
const FLASH_SAMPLES = 16

/** What tells a cut from motion, light and titles: a number a feature, by name. */
export type CutFeatures = Record<string, number>

/** How the change at a position compares with the change around it. */
interface Usual {
  /** Median, upper quarter and largest, grey levels. */
  readonly median: number
  readonly quarter: number
  readonly most: number
  readonly second: number
}

export function usualChange(window: CutWindow, position: number): Usual {
  const around = window.near(position, AROUND, AROUND_AT_LEAST).map((at) => window.change(at))
  around.sort((a, b) => b - a)
  const at = (share: number): number => Math.max(NOISE, around[Math.floor(around.length * share)] ?? 0)
  return {
    median: at(0.5),
    quarter: at(0.25),
    most: Math.max(NOISE, around[0] ?? 0),
    second: Math.max(NOISE, around[1] ?? 0),
  }
}

/** What is cheap to tell, for a first look. @param position of the first frame of the possible new shot. */
export function quickCutFeatures(window: CutWindow, position: number, usual: Usual): CutFeatures {
  const change = window.change(position)
  const most = (from: number, to: number): number => {
    let value = NOISE
    for (let at = from; at <= to; at++) value = Math.max(value, window.change(at))
    return value
  }
  return {
    change,
    timesQuarter: change / usual.quarter,
    timesMedian: change / usual.median,
    timesMost: change / usual.most,
    timesSecond: change / usual.second,
    timesBefore: change / most(position - 4, position - 1),
    timesAfter: change / most(position + 1, position + 4),
    ...spanFeatures(window, position, change),
    ...timeFeatures(window, position),
  }
}

/** The other features. @param before the frame before the possible new shot. @param after its first frame. */
export function slowCutFeatures(
  window: CutWindow,
  position: number,
  before: MeasuredFrame,
  after: MeasuredFrame,
): CutFeatures {
  const step = window.mismatch(position)
  const mismatches = window.near(position, CLOSE, 1).map((at) => window.mismatch(at))
  mismatches.sort((a, b) => b - a)
  return {
    mismatch: step,
    rise: step - (mismatches[1] ?? 0),
    riseOverMost: step - (mismatches[0] ?? 0),
    ...pairFeatures(before, after),
    ...flashFeatures(window, position, before, after),
  }
}

/** What the two frames have in common. */
function pairFeatures(before: MeasuredFrame, after: MeasuredFrame): CutFeatures {
  const [a, b] = inCommonView(before, after)
  const apart = Math.max(NOISE, difference(a, b))
  const [there, back] = [changedShare(a, b), changedShare(b, a)]
  const [lostThere, lostBack] = lostBothWays(a, b)
  const [luma, blue, red] = histogramDistances(a, b)
  const shift = bestShift(a, b)
  const colourOf = (plane: number): number => Math.abs(meanOf(a.pixels, plane) - meanOf(b.pixels, plane))
  return {
    apart,
    changedMost: Math.max(there, back),
    changedLeast: Math.min(there, back),
    lostMost: Math.max(lostThere, lostBack),
    lostLeast: Math.min(lostThere, lostBack),
    differing: differingShare(a, b),
    still: stillShare(a, b),
    correlation: correlation(a, b),
    contrastLeast: Math.min(a.contrast, b.contrast),
    contrastMost: Math.max(a.contrast, b.contrast),
    brightnessStep: Math.abs(a.mean - b.mean),
    colourStep: colourOf(1) + colourOf(2),
    histogramLuma: luma,
    histogramColours: blue + red,
    histogramShare: histogramShare(a, b),
    fitted: differenceFitted(a, b) / apart,
    shifted: shift.difference / Math.max(1, a.contrast + b.contrast),
    shift: Math.hypot(shift.x, shift.y),
    barred: 1 - viewShare(commonView(before.bars, after.bars)),
    barsStep: barsStep(before, after),
  }
}

function barsStep({ bars: one }: MeasuredFrame, { bars: other }: MeasuredFrame): number {
  return (
    Math.abs(one.top - other.top) +
    Math.abs(one.bottom - other.bottom) +
    Math.abs(one.left - other.left) +
    Math.abs(one.right - other.right)
  )
}

/** Whether the frame before returns soon after, or the frame after was shown shortly before: 1 and more where not. */
function flashFeatures(window: CutWindow, position: number, before: MeasuredFrame, after: MeasuredFrame): CutFeatures {
  const apart = Math.max(NOISE, after.change)
  const later = mostAlike(window, before, position, window.away(position, FLASH_SECONDS))
  const earlier = mostAlike(window, after, position - 1, window.away(position - 1, -FLASH_SECONDS))
  const step = Math.max(0.01, window.mismatch(position))
  const matched = (one: MeasuredFrame, other: MeasuredFrame | null): number => (other ? mismatch(one, other) / step : 2)
  return {
    returns: later.difference / apart,
    wasThere: earlier.difference / apart,
    returnsMatched: matched(before, later.frame),
    wasThereMatched: matched(after, earlier.frame),
  }
}

/** The frame between two positions, without the first, that is most like another. */
function mostAlike(window: CutWindow, one: MeasuredFrame, from: number, to: number) {
  let best: { difference: number; frame: MeasuredFrame | null } = { difference: 2 * Math.max(NOISE, 255), frame: null }
  const step = Math.max(1, Math.ceil(Math.abs(to - from) / FLASH_SAMPLES))
  for (let away = step; away <= Math.abs(to - from); away += step) {
    const frame = window.at(from + Math.sign(to - from) * away)
    if (!frame) break
    const apart = distance(one, frame)
    if (apart < best.difference) best = { difference: apart, frame }
  }
  return best
}

/** Over some time on both sides: how much the shots change within themselves, and between each other. */
function spanFeatures(window: CutWindow, position: number, change: number): CutFeatures {
  const features: CutFeatures = {}
  const apart = Math.max(NOISE, change)
  for (const [at, seconds] of SPANS.entries()) {
    const [from, to] = [window.away(position - 1, -seconds), window.away(position, seconds)]
    const between = differenceAt(window, from, to)
    const [earlier, later] = [differenceAt(window, from, position - 1), differenceAt(window, position, to)]
    features[`between${at}`] = between / apart
    features[`earlier${at}`] = earlier / apart
    features[`later${at}`] = later / apart
    features[`within${at}`] = Math.max(earlier, later) / Math.max(NOISE, between)
  }
  return features
}

function differenceAt(window: CutWindow, one: number, other: number): number {
  const [a, b] = [window.at(one), window.at(other)]
  return a && b ? distance(a, b) : 0
}

function timeFeatures(window: CutWindow, position: number): CutFeatures {
  const change = window.change(position)
  const [from, to] = [window.away(position, -FLASH_SECONDS), window.away(position, FLASH_SECONDS)]
  let strong = 0
  for (let at = from; at <= to; at++) if (window.change(at) > 0.5 * change) strong++
  const steps = window.near(position, AROUND, AROUND_AT_LEAST).map((at) => window.step(at))
  steps.sort((a, b) => a - b)
  const step = window.step(position)
  return {
    step,
    timesStep: step / Math.max(1e-4, steps[steps.length >> 1] ?? step),
    left: (window.at(position)?.index ?? 0) - (window.at(position - 1)?.index ?? 0),
    strongNear: strong,
    strongShare: strong / (to - from + 1),
    sharpness: sharpnessRatio(window, position),
  }
}

/** Detail of the less detailed of the two frames, relative to the most detailed around: a camera that turns quickly blurs. */
function sharpnessRatio(window: CutWindow, position: number): number {
  const of = (at: number): number => window.at(at)?.sharpness ?? 0
  let most = 0.1
  for (let at = position - 1 - CLOSE; at <= position + CLOSE; at++) most = Math.max(most, of(at))
  return Math.min(of(position - 1), of(position)) / most
}
