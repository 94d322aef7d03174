import type { Box } from '../../models/index.ts'

/**
 * Where a track's box is and how it moves: a Kalman filter of constant velocity for each of its middle's coordinates
 * and of its (logarithmic) width and height. Time is in seconds throughout, so that 1 and 60 frames a second mean the
 * same motion. Plain numbers: it is stored as JSON.
 */
export interface Motion {
  readonly x: Axis
  readonly y: Axis
  readonly width: Axis
  readonly height: Axis
}

/** Value, its change per second, and their covariance. */
export interface Axis {
  readonly value: number
  readonly speed: number
  readonly variance: number
  readonly cross: number
  readonly speedVariance: number
}

/** A box as the filters see it: its middle, and the logarithms of its sides. */
export interface Measured {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** The root of its area. */
  readonly length: number
}

/** Where a box is expected, with how much a deviation counts; made once, held against many boxes. */
export interface Outlook {
  readonly x: Share
  readonly y: Share
  readonly width: Share
  readonly height: Share
  /** How little is known of the place: the logarithm of its area, in those of the detector's own error. */
  readonly spread: number
}

interface Share {
  readonly value: number
  /** One by the variance of what may be measured. */
  readonly weight: number
}

/** What boxes and bodies do, in lengths of the body (the root of its box's area) and in logarithms of its sides. */
export interface Habits {
  /** The detector's error. */
  readonly place: number
  readonly side: number
  /** How fast things are when they are first seen, per second. */
  readonly firstSpeed: number
  readonly firstGrowth: number
  /** How much their speed changes within a second. */
  readonly acceleration: number
  readonly growth: number
  /** For so many seconds out of sight a thing is expected to go on as it went; then, no one knows where to. */
  readonly coast: number
  /** How much a surprise about the sides counts at most: they change at once where something leaves or is covered. */
  readonly clipped: number
}

export const HABITS: Habits = {
  place: 0.13,
  side: 0.2,
  firstSpeed: 0.7,
  firstGrowth: 0.4,
  acceleration: 0.7,
  growth: 0.08,
  coast: 2,
  clipped: 6,
}

export function startMotion(box: Box, habits: Habits): Motion {
  const { x, y, width, height, length } = measure(box)
  const place = axis(x, (habits.place * length) ** 2, (habits.firstSpeed * length) ** 2)
  const side = axis(width, habits.side ** 2, habits.firstGrowth ** 2)
  return { x: place, y: { ...place, value: y }, width: side, height: { ...side, value: height } }
}

/** @param seconds from what it was last told to now; 0 or more. */
export function predict(motion: Motion, seconds: number, habits: Habits): Motion {
  const length = lengthOf(motion)
  const known = Math.min(seconds, habits.coast)
  const lost = seconds - known
  const drift = (axis: Axis, jolt: number, speed: number): Axis =>
    roam(advance(axis, known, jolt ** 2), lost, speed ** 2)
  const place = [habits.acceleration * length, habits.firstSpeed * length] as const
  const side = [habits.growth, habits.firstGrowth] as const
  return {
    x: drift(motion.x, ...place),
    y: drift(motion.y, ...place),
    width: drift(motion.width, ...side),
    height: drift(motion.height, ...side),
  }
}

export function correct(motion: Motion, box: Box, habits: Habits): Motion {
  const seen = measure(box)
  const place = (habits.place * lengthOf(motion)) ** 2
  const side = habits.side ** 2
  return {
    x: pull(motion.x, seen.x, place),
    y: pull(motion.y, seen.y, place),
    width: pull(motion.width, seen.width, side),
    height: pull(motion.height, seen.height, side),
  }
}

export function outlook(motion: Motion, habits: Habits): Outlook {
  const place = (habits.place * lengthOf(motion)) ** 2
  const side = habits.side ** 2
  const share = ({ value, variance }: Axis, noise: number): Share => ({ value, weight: 1 / (variance + noise) })
  return {
    x: share(motion.x, place),
    y: share(motion.y, place),
    width: share(motion.width, side),
    height: share(motion.height, side),
    spread: Math.log((motion.x.variance + place) / place) / 2 + Math.log((motion.y.variance + place) / place) / 2,
  }
}

/**
 * @returns how far a box is off, in what is usual: the squared Mahalanobis distance, that of its sides limited. Infinity
 * beyond `gate`.
 */
export function surprise({ x, y, width, height }: Outlook, box: Measured, gate: number, habits: Habits): number {
  const away = (box.x - x.value) ** 2 * x.weight + (box.y - y.value) ** 2 * y.weight
  if (away > gate) return Infinity
  const apart = (box.width - width.value) ** 2 * width.weight + (box.height - height.value) ** 2 * height.weight
  const squared = away + Math.min(apart, habits.clipped)
  return squared > gate ? Infinity : squared
}

/** @returns the box that is expected. */
export function expectedBox({ x, y, width, height }: Outlook): Box {
  const [wide, high] = [Math.exp(width.value), Math.exp(height.value)]
  return { left: x.value - wide / 2, top: y.value - high / 2, width: wide, height: high }
}

export function measure({ left, top, width, height }: Box): Measured {
  const length = Math.sqrt(width * height)
  return { x: left + width / 2, y: top + height / 2, width: Math.log(width), height: Math.log(height), length }
}

function lengthOf(motion: Motion): number {
  return Math.exp((motion.width.value + motion.height.value) / 2)
}

function axis(value: number, variance: number, speedVariance: number): Axis {
  return { value, speed: 0, variance, cross: 0, speedVariance }
}

/** It goes on as it went, but for jolts. */
function advance(axis: Axis, seconds: number, jolt: number): Axis {
  const { value, speed, variance, cross, speedVariance } = axis
  return {
    value: value + speed * seconds,
    speed,
    variance: variance + 2 * seconds * cross + seconds ** 2 * speedVariance + (jolt * seconds ** 3) / 3,
    cross: cross + seconds * speedVariance + (jolt * seconds ** 2) / 2,
    speedVariance: speedVariance + jolt * seconds,
  }
}

/** It went on somehow, at a usual speed, but nobody knows where to. */
function roam(axis: Axis, seconds: number, speedVariance: number): Axis {
  return { ...axis, variance: axis.variance + seconds ** 2 * speedVariance }
}

function pull(axis: Axis, seen: number, noise: number): Axis {
  const { value, speed, variance, cross, speedVariance } = axis
  const gain = variance / (variance + noise)
  const speedGain = cross / (variance + noise)
  return {
    value: value + gain * (seen - value),
    speed: speed + speedGain * (seen - value),
    variance: (1 - gain) * variance,
    cross: (1 - gain) * cross,
    speedVariance: speedVariance - speedGain * cross,
  }
}
