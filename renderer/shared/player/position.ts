import { createStore } from 'zustand/vanilla'
import { endTimecode, evenFrames, FALLBACK_RATE, type FrameClock, frameTimecode } from './frames.ts'
import { withInPoint, withOutPoint } from './marks.ts'
import { type Footage, INITIAL, type PlaybackState } from './playback-state.ts'
import { type Loop, loopRange, NEXT_LOOP, type Range, sceneAt } from './scene-times.ts'
import { Signal } from './signal.ts'
import { useView } from './view-store.ts'

/**
 * Where in a video it is: the time, its scene, its frame. What changes rarely lies in `state`; the time goes to
 * listeners of its own, so that playing renders nothing but what follows it.
 */
export class Position {
  readonly state = createStore<PlaybackState>(() => INITIAL)
  readonly #moved = new Signal<[time: number]>()
  readonly #pictures = new Signal<[time: number]>()
  #pictureTime: number | null = null
  #time = 0
  #footage: Footage = { duration: null, frameRate: null, starts: [] }
  #clock: FrameClock = evenFrames(FALLBACK_RATE)

  /** Seconds from the start. */
  get time(): number {
    return this.#time
  }

  get frameRate(): number {
    return this.#footage.frameRate ?? FALLBACK_RATE
  }

  get clock(): FrameClock {
    return this.#clock
  }

  /** What the element's clock reads when ours reads 0, seconds. */
  get clockStart(): number {
    return this.#footage.frames?.clockStart ?? 0
  }

  /** Start of each scene, seconds, ascending. */
  get starts(): readonly number[] {
    return this.#footage.starts
  }

  /** Whether it is known when each frame begins. */
  get isCounted(): boolean {
    return Number.isFinite(this.#clock.count)
  }

  /** Takes the footage that is played; position and choices stay. @returns whether frames are counted by another clock. */
  protected describeFootage(footage: Footage): boolean {
    const before = this.#footage
    this.#footage = footage
    const isNew = (footage.frames ?? null) !== (before.frames ?? null) || footage.frameRate !== before.frameRate
    if (isNew) {
      this.#clock = footage.frames?.clock ?? evenFrames(this.frameRate)
      this.state.setState({ counted: footage.frames != null })
    }
    return isNew
  }

  /** Seconds, as far as the library knows. */
  protected get knownDuration(): number | null {
    return this.#footage.duration
  }

  protected moveTo(time: number): void {
    this.#time = time
    const scene = sceneAt(this.starts, time)
    if (scene !== this.state.getState().scene) this.state.setState({ scene })
    this.#moved.emit(time)
  }

  /** The range that is played again and again; null when there is none. */
  protected get loop(): Range | null {
    const { loop, inPoint, outPoint, duration } = this.state.getState()
    return loopRange(loop, this.#time, { starts: this.starts, inPoint, outPoint, duration })
  }

  /** Calls `listener` with every new position, and once now. Returns the way to stop it. */
  onTime(listener: (time: number) => void): () => void {
    const stop = this.#moved.listen(listener)
    listener(this.#time)
    return stop
  }

  /** The number of the frame on screen at a time; null while frames are not counted. */
  frameAt(time: number): number | null {
    return this.isCounted ? this.#clock.frameAt(time) : null
  }

  /** The position as `00:03:12:10`, the last two being the frame. */
  timecode(time: number): string {
    return frameTimecode(this.#clock, time, this.frameRate, useView.getState().dropFrame)
  }

  /** The end of the video in the same form. @param duration seconds, counted on until the frames are. */
  endTimecode(duration: number): string {
    return endTimecode(this.#clock, duration, this.frameRate, useView.getState().dropFrame)
  }

  /** When the frame that is on screen begins, seconds; null before there is one. It may be on its way to `time`. */
  get pictureTime(): number | null {
    return this.#pictureTime
  }

  /** Calls `viewer` whenever a frame came on screen, with when it begins. Returns the way to stop it. */
  onPicture(viewer: (time: number) => void): () => void {
    return this.#pictures.listen(viewer)
  }

  /** The frame that begins at `time` came on screen; null when there is none any more. */
  protected showsPicture(time: number | null): void {
    this.#pictureTime = time
    if (time !== null) this.#pictures.emit(time)
  }

  /** The frame on screen, or on its way there. */
  protected get frame(): number {
    return this.#clock.frameAt(this.#time)
  }

  /** Marks the frame on screen as the first of the range; an out point before it goes. */
  markIn(): void {
    this.state.setState((state) => withInPoint(state, this.#clock.timeOf(this.frame)))
  }

  /** Marks the frame on screen as the last of the range; an in point behind it goes. */
  markOut(): void {
    this.state.setState((state) => withOutPoint(state, this.#clock.endOf(this.frame)))
  }

  clearRange(): void {
    this.state.setState({ inPoint: null, outPoint: null })
  }

  setLoop(loop: Loop): void {
    this.state.setState({ loop })
  }

  nextLoop(): void {
    this.setLoop(NEXT_LOOP[this.state.getState().loop])
  }
}
