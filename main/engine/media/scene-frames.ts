import type { FrameIndex } from '../../contract/media/frame-index.ts'

/** Half-open, seconds on the player's clock. */
export interface SceneRange {
  readonly startTime: number
  readonly endTime: number
  /** The part without transitions; all of it when left out. */
  readonly stableFrom?: number | undefined
  readonly stableTo?: number | undefined
}

/** A frame to make a picture of, or any other one within [from, to) that is close to it. Seconds on the player's clock. */
export interface WantedPicture {
  readonly time: number
  readonly from: number
  readonly to: number
  /** How far the other one may be. */
  readonly within: number
}

/** A picture that was made while the video was searched may be so far from a scene's midpoint (AN-20)… */
const SCENE_WITHIN_SECONDS = 0.3
/** …and in a video up to a minute long, so far. */
const SHORT_WITHIN_SECONDS = 0.12
const SHORT_SECONDS = 60
/** Other frames to try, seconds from the midpoint, the nearest first. */
const OFFSETS = [-0.4, 0.4, -0.8, 0.8, -1.6, 1.6] as const
/** Share of a scene at both ends that may be part of a transition, and seconds of it at most. */
const EDGE = 0.2
const EDGE_SECONDS = 1

/** The frame nearest to a scene's midpoint, or to that of its stable part when the midpoint is in a transition. */
export function middleOf(frames: FrameIndex, scene: SceneRange): WantedPicture {
  const middle = (scene.startTime + scene.endTime) / 2
  const stable = stableOf(scene)
  const isStable = middle >= stable.startTime && middle < stable.endTime
  const time = frameTime(frames, stable, isStable ? middle : (stable.startTime + stable.endTime) / 2)
  return { time, from: stable.startTime, to: stable.endTime, within: withinOf(frames) }
}

function withinOf(frames: FrameIndex): number {
  return frames.endOf(frames.count - 1) > SHORT_SECONDS ? SCENE_WITHIN_SECONDS : SHORT_WITHIN_SECONDS
}

/** Other frames of a scene, the nearest to the midpoint first. */
export function othersOf(frames: FrameIndex, scene: SceneRange, { time: middle }: WantedPicture): WantedPicture[] {
  const edge = Math.min(EDGE_SECONDS, (scene.endTime - scene.startTime) * EDGE)
  const stable = stableOf(scene)
  const from = Math.max(scene.startTime + edge, stable.startTime)
  const to = Math.min(scene.endTime - edge, stable.endTime)
  const times = OFFSETS.map((step) => middle + step)
    .filter((time) => time >= from && time <= to)
    .map((time) => frameTime(frames, stable, time))
  const others = [...new Set(times)].filter((time) => time !== middle)
  return others.map((time) => ({ time, from, to, within: withinOf(frames) }))
}

/** The part without transitions; all of a scene that has no other part. */
function stableOf({ startTime, endTime, stableFrom, stableTo }: SceneRange): SceneRange {
  const [from, to] = [Math.max(startTime, stableFrom ?? startTime), Math.min(endTime, stableTo ?? endTime)]
  return from < to ? { startTime: from, endTime: to } : { startTime, endTime }
}

/** When the frame nearest to a time within a scene begins. */
function frameTime(frames: FrameIndex, { startTime, endTime }: SceneRange, time: number): number {
  const first = frames.frameAt(startTime)
  const last = Math.max(first, frames.frameAt(endTime) - 1)
  return frames.timeOf(Math.min(last, Math.max(first, frames.nearestTo(time))))
}
