import type { FrameClock } from './frames.ts'
import type { Loop } from './scene-times.ts'

export interface PlaybackState {
  readonly playing: boolean
  /** Speed of playing backwards; 0 when not. */
  readonly reverse: number
  readonly speed: number
  readonly loop: Loop
  /** Seconds; null when not set. */
  readonly inPoint: number | null
  readonly outPoint: number | null
  /** Index of the scene on screen, -1 without scenes. */
  readonly scene: number
  /** Seconds; 0 while unknown. */
  readonly duration: number
  /** Whether the element can play what it was given. */
  readonly ready: boolean
  readonly fault: PlaybackFault | null
  /** Whether the picture is on its way to what was asked for. */
  readonly arriving: boolean
  /** Whether it is known when each frame begins; until then frames are taken to be of one length. */
  readonly counted: boolean
}

/** `read`: the bytes did not come. `decode`: they came and make no picture. `format`: no decoder, or no file at all. */
export interface PlaybackFault {
  readonly kind: 'read' | 'decode' | 'format'
  readonly time: number
}

/** By the code of a MediaError; 1 is our own abort. */
export const FAULTS: Readonly<Record<number, PlaybackFault['kind']>> = { 2: 'read', 3: 'decode', 4: 'format' }

export interface Footage {
  readonly duration: number | null
  readonly frameRate: number | null
  /** Ascending, seconds. */
  readonly starts: readonly number[]
  /** Null until the engine has answered. */
  readonly frames?: PlayedFrames | null
}

/** When the frames of a video are shown, and on which clock the element that plays it counts. */
export interface PlayedFrames {
  readonly clock: FrameClock
  /** What the element's clock reads when ours reads 0, seconds. */
  readonly clockStart: number
}

/** Before anything is known of a video. */
export const INITIAL: PlaybackState = {
  playing: false,
  reverse: 0,
  speed: 1,
  loop: 'off',
  inPoint: null,
  outPoint: null,
  scene: -1,
  duration: 0,
  ready: false,
  fault: null,
  arriving: false,
  counted: false,
}
