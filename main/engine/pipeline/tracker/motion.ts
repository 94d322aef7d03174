import type { Box } from '../../models/index.ts'

/**
 * Place and speed of a track's box: Kalman filters of constant velocity for the two coordinates of its middle and for the
 * logarithms of its width and height. Times are seconds, so that the frame rate does not matter. Plain numbers: it is
 * stored as JSON.
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

/** A box as the filters use it: its middle, and the logarithms of its sides. */
export interface MeasuredBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** The root of its area. */
  readonly length: number
}

/** Where a box is predicted, and how much a deviation counts; made once and compared with many boxes. */
export interface Prediction {
  readonly x: Share
  readonly y: Share
  readonly width: Share
  readonly height: Share
  /** Uncertainty of the place: the logarithm of its area, in units of the detector's own error. */
  readonly spread: number
}

interface Share {
  readonly value: number
  /** 1 / variance of the measurement. */
  readonly weight: number
}

/** How things move. Places are in body lengths (the root of the box's area), sides in logarithms. */
export interface MotionSettings {
  /** The detector's error. */
  readonly place: number
  readonly side: number
  /** Speed of things when they are first seen, per second. */
  readonly firstSpeed: number
  readonly firstGrowth: number
  /** Change of their speed within a second. */
  readonly acceleration: number
  readonly growth: number
  /** Without a detection, the speed is used for so many seconds; after that the direction counts as unknown. */
  readonly coastSeconds: number
  /** Most that a deviation of the sides counts: they jump where something leaves the picture or is covered. */
  readonly mostSideDistance: number
}

export const MOTION_SETTINGS: MotionSettings = {
  place: 0.13,
  side: 0.2,
  firstSpeed: 0.7,
  firstGrowth: 0.4,
  acceleration: 0.7,
  growth: 0.08,
  coastSeconds: 2,
  mostSideDistance: 6,
}

export function startMotion(box: Box, settings: MotionSettings): Motion {
  const { x, y, width, height, length } = measure(box)
  const place = axis(x, (settings.place * length) ** 2, (settings.firstSpeed * length) ** 2)
  const side = axis(width, settings.side ** 2, settings.firstGrowth ** 2)
  return { x: place, y: { ...place, value: y }, width: side, height: { ...side, value: height } }
}

/** @param seconds since its last correction; 0 or more. */
export function predict(motion: Motion, seconds: number, settings: MotionSettings): Motion {
  const length = lengthOf(motion)
  const coasting = Math.min(seconds, settings.coastSeconds)
  const lost = seconds - coasting
  const drift = (axis: Axis, acceleration: number, speed: number): Axis =>
    spreadBySpeed(advance(axis, coasting, acceleration ** 2), lost, speed ** 2)
  const place = [settings.acceleration * length, settings.firstSpeed * length] as const
  const side = [settings.growth, settings.firstGrowth] as const
  return {
    x: drift(motion.x, ...place),
    y: drift(motion.y, ...place),
    width: drift(motion.width, ...side),
    height: drift(motion.height, ...side),
  }
}

export function correct(motion: Motion, box: Box, settings: MotionSettings): Motion {
  const seen = measure(box)
  const place = (settings.place * lengthOf(motion)) ** 2
  const side = settings.side ** 2
  return {
    x: pull(motion.x, seen.x, place),
    y: pull(motion.y, seen.y, place),
    width: pull(motion.width, seen.width, side),
    height: pull(motion.height, seen.height, side),
  }
}

export function predictionOf(motion: Motion, settings: MotionSettings): Prediction {
  const place = (settings.place * lengthOf(motion)) ** 2
  const side = settings.side ** 2
  const share = ({ value, variance }: Axis, noise: number): Share => ({ value, weight: 1 / (variance + noise) })
  return {
    x: share(motion.x, place),
    y: share(motion.y, place),
    width: share(motion.width, side),
    height: share(motion.height, side),
    spread: Math.log((motion.x.variance + place) / place) / 2 + Math.log((motion.y.variance + place) / place) / 2,
  }
}

/** @returns the squared Mahalanobis distance of a box, that of its sides limited; Infinity beyond `gate`. */
export function squaredDistance(
  { x, y, width, height }: Prediction,
  box: MeasuredBox,
  gate: number,
  settings: MotionSettings,
): number {
  const away = (box.x - x.value) ** 2 * x.weight + (box.y - y.value) ** 2 * y.weight
  if (away > gate) return Infinity
  const apart = (box.width - width.value) ** 2 * width.weight + (box.height - height.value) ** 2 * height.weight
  const squared = away + Math.min(apart, settings.mostSideDistance)
  return squared > gate ? Infinity : squared
}

export function predictedBox({ x, y, width, height }: Prediction): Box {
  const [wide, high] = [Math.exp(width.value), Math.exp(height.value)]
  return { left: x.value - wide / 2, top: y.value - high / 2, width: wide, height: high }
}

export function measure({ left, top, width, height }: Box): MeasuredBox {
  const length = Math.sqrt(width * height)
  return { x: left + width / 2, y: top + height / 2, width: Math.log(width), height: Math.log(height), length }
}

function lengthOf(motion: Motion): number {
  return Math.exp((motion.width.value + motion.height.value) / 2)
}

function axis(value: number, variance: number, speedVariance: number): Axis {
  return { value, speed: 0, variance, cross: 0, speedVariance }
}

/** Constant velocity, with random accelerations. */
function advance(axis: Axis, seconds: number, acceleration: number): Axis {
  const { value, speed, variance, cross, speedVariance } = axis
  return {
    value: value + speed * seconds,
    speed,
    variance: variance + 2 * seconds * cross + seconds ** 2 * speedVariance + (acceleration * seconds ** 3) / 3,
    cross: cross + seconds * speedVariance + (acceleration * seconds ** 2) / 2,
    speedVariance: speedVariance + acceleration * seconds,
  }
}

/** Movement at a usual speed in an unknown direction: only the variance grows. */
function spreadBySpeed(axis: Axis, seconds: number, speedVariance: number): Axis {
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
