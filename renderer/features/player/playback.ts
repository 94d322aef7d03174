import { createStore } from 'zustand/vanilla'
import { Aim } from './aim.ts'
import { evenFrames, FALLBACK_RATE, type FrameClock, frameTimecode, lastInstant } from './frames.ts'
import { type Footage, INITIAL, type PlaybackFault, type PlaybackState } from './playback-state.ts'
import { Seeker } from './seeker.ts'
import { type AnimationFrames, browserFrames, Ticker } from './ticker.ts'
import { type Loop, loopRange, NEXT_LOOP, nextStart, previousStart, reachedEnd, sceneAt } from './scene-times.ts'

export const SPEEDS = [0.25, 0.5, 1, 1.5, 2, 4] as const
/** What L goes through, and J backwards. */
const FASTER = [1, 1.5, 2, 4] as const
/** Going back within this many seconds of a scene's start means the scene before. */
const GRACE = 1

/**
 * Owns the video element and knows where it is. What changes rarely lies in `state`; the position goes to listeners
 * of its own, so that playing renders nothing but what follows it. Without an element it is a position to browse by.
 */
export class Playback {
  readonly state = createStore<PlaybackState>(() => INITIAL)
  readonly #listeners = new Set<(time: number) => void>()
  #footage: Footage = { duration: null, frameRate: null, starts: [] }
  #video: HTMLVideoElement | null = null
  #time = 0
  #clock: FrameClock = evenFrames(FALLBACK_RATE)
  #clockStart = 0
  /** When the frame on screen begins; null before there is one. */
  #shown: number | null = null
  /** The frame that was asked for and has not come yet. */
  #aim: Aim | null = null
  #seeker: Seeker | null = null
  /** When a frame came last, milliseconds on the ticker's clock. */
  #lastFrame = 0
  readonly #ticker: Ticker

  constructor(frames: AnimationFrames = browserFrames) {
    this.#ticker = new Ticker(frames, (now, elapsed) => this.#advance(now, elapsed))
  }

  /** Seconds from the start. */
  get time(): number {
    return this.#time
  }

  get frameRate(): number {
    return this.#footage.frameRate ?? FALLBACK_RATE
  }

  /** Tells what is played. Position and choices stay. */
  describe(footage: Footage): void {
    this.#footage = footage
    this.#clock = footage.frames?.clock ?? evenFrames(this.frameRate)
    this.#countFrom(footage.frames?.clockStart ?? 0)
    this.state.setState({ duration: footage.duration ?? this.#elementDuration() })
    this.#move(this.#time)
  }

  /** Calls `listener` with every new position, and once now. Returns the way to stop it. */
  onTime(listener: (time: number) => void): () => void {
    this.#listeners.add(listener)
    listener(this.#time)
    return () => this.#listeners.delete(listener)
  }

  /** Takes an element over, at the position that was. Returns the way to let go of it. */
  attach(video: HTMLVideoElement): () => void {
    const seeker = new Seeker(
      video,
      () => this.#landed(),
      () => this.#isAimShown(),
    )
    this.#video = video
    this.#seeker = seeker
    this.#shown = null
    const ended = new AbortController()
    const on = (type: string, listener: () => void): void =>
      video.addEventListener(type, listener, { signal: ended.signal })
    on('loadedmetadata', () => this.#loaded())
    on('play', () => this.#started())
    on('pause', () => this.#paused())
    on('seeked', () => seeker.arrived())
    on('ended', () => this.#ended())
    on('error', () => this.#failed())
    this.#watchFrames(video, ended.signal)
    if (this.#time + this.#clockStart > 0) seeker.seek(this.#time + this.#clockStart)
    video.playbackRate = this.state.getState().speed
    if (video.readyState >= video.HAVE_METADATA) this.#loaded()
    return () => {
      ended.abort()
      this.#ticker.stop()
      this.#video = null
      seeker.forget()
      this.#seeker = null
      this.state.setState({ playing: false, reverse: 0, ready: false, fault: null })
    }
  }

  play(): void {
    const video = this.#video
    if (!video || this.state.getState().fault) return
    this.#stopReverse()
    if (this.#time >= lastInstant(this.state.getState().duration, this.frameRate)) this.seek(this.#loop()?.start ?? 0)
    // A refusal is either our own pause that came first, or an error that the element tells by its event.
    video.play().catch(() => undefined)
  }

  pause(): void {
    this.#stopReverse()
    this.#video?.pause()
  }

  toggle(): void {
    const { playing, reverse } = this.state.getState()
    if (playing || reverse > 0) this.pause()
    else this.play()
  }

  /** L: plays; faster when it plays already. */
  forward(): void {
    const { playing, speed } = this.state.getState()
    if (playing) this.setSpeed(faster(speed))
    else this.play()
  }

  /** K: stops, and the next start is at normal speed. */
  stop(): void {
    this.pause()
    this.setSpeed(1)
  }

  /** J: plays backwards by seeking, as Chromium plays forwards only; faster when it does already. */
  backward(): void {
    const { reverse } = this.state.getState()
    this.#video?.pause()
    this.state.setState({ reverse: reverse === 0 ? 1 : faster(reverse) })
    if (reverse === 0) this.#ticker.start()
  }

  setSpeed(speed: number): void {
    this.state.setState({ speed })
    if (this.#video) this.#video.playbackRate = speed
  }

  /** @param time in seconds; kept within the video. */
  seek(time: number): void {
    const { duration } = this.state.getState()
    const last = duration > 0 ? lastInstant(duration, this.frameRate) : Infinity
    this.#goTo(Math.min(last, Math.max(0, time)), null)
  }

  /** Seeks to where a frame begins, a scene's first for example, and shows exactly that frame. */
  seekToFrame(start: number): void {
    this.#showFrame(this.#clock.frameAt(start))
  }

  stepFrames(count: number): void {
    this.pause()
    this.#showFrame(this.#frame() + count)
  }

  skip(seconds: number): void {
    this.seek(this.#time + seconds)
  }

  toStart(): void {
    this.seekToFrame(0)
  }

  toEnd(): void {
    this.pause()
    if (Number.isFinite(this.#clock.count)) this.#showFrame(this.#clock.count - 1)
    else this.seek(this.state.getState().duration)
  }

  toNextScene(): void {
    const start = nextStart(this.#footage.starts, this.#time)
    if (start !== null) this.seekToFrame(start)
  }

  toPreviousScene(): void {
    const grace = this.state.getState().playing ? GRACE : 1 / this.frameRate
    this.seekToFrame(previousStart(this.#footage.starts, this.#time, grace))
  }

  /** Marks the frame on screen as the first of the range; an out point before it goes. */
  markIn(): void {
    const inPoint = this.#frameStart()
    const { outPoint } = this.state.getState()
    this.state.setState({ inPoint, outPoint: outPoint !== null && outPoint <= inPoint ? null : outPoint })
  }

  /** Marks the frame on screen as the last of the range; an in point behind it goes. */
  markOut(): void {
    const { inPoint, duration } = this.state.getState()
    const end = this.#clock.endOf(this.#frame())
    const outPoint = duration > 0 ? Math.min(duration, end) : end
    this.state.setState({ outPoint, inPoint: inPoint !== null && inPoint >= outPoint ? null : inPoint })
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

  /** Loads the file again after a fault, at the same place. */
  reload(): void {
    const video = this.#video
    if (!video) return
    this.state.setState({ fault: null, ready: false })
    this.#seeker?.forget()
    video.load()
    this.#seeker?.seek(this.#time + this.#clockStart)
  }

  /** The position as `00:03:12:10`, the last two being the frame. */
  timecode(time: number): string {
    return frameTimecode(this.#clock, time, this.frameRate)
  }

  /** The frame on screen, or on its way there. */
  #frame(): number {
    return this.#aim?.frame ?? this.#clock.frameAt(this.#time)
  }

  #frameStart(): number {
    return this.#clock.timeOf(this.#frame())
  }

  #showFrame(frame: number): void {
    const { count, frameAt } = this.#clock
    const known = Number.isFinite(count)
    const last = known ? count - 1 : frameAt(lastInstant(this.state.getState().duration || Infinity, this.frameRate))
    const aim = new Aim(this.#clock, Math.max(0, Math.min(last, frame)))
    this.#goTo(aim.goal, aim)
  }

  #goTo(goal: number, aim: Aim | null): void {
    this.#aim = aim
    this.#seeker?.seek(goal + this.#clockStart)
    this.#move(goal)
  }

  /** A seek is done: seeks once more where another frame came than was asked for. */
  #landed(): void {
    const [aim, shown] = [this.#aim, this.#shown]
    // Without an aim the position follows the frame when it comes: the one on screen may still be the one before.
    if (!aim || shown === null) return
    if (this.#isAtEnd(aim)) return this.#shows(this.#clock.timeOf(aim.frame))
    if (!this.state.getState().playing && aim.missed(this.#clock.frameAt(shown))) {
      this.#seeker?.seek(aim.goal + this.#clockStart)
      return
    }
    this.#shows(shown)
  }

  /** Some files end with their last frame's start. The element is at its end there, and tells of no frame. */
  #isAtEnd({ frame }: Aim): boolean {
    const video = this.#video
    return video !== null && frame === this.#clock.count - 1 && video.currentTime >= video.duration
  }

  #shows(start: number): void {
    this.#aim = null
    this.#shown = start
    this.#move(start)
  }

  /** Whether the frame that was asked for is on screen; without one, any will do. */
  #isAimShown(): boolean {
    if (this.#shown === null) return false
    return this.#aim === null || this.#clock.frameAt(this.#shown) === this.#aim.frame
  }

  #countFrom(clockStart: number): void {
    if (clockStart === this.#clockStart) return
    this.#clockStart = clockStart
    this.#shown = null
    this.#seeker?.seek(this.#time + clockStart)
  }

  #loop() {
    const { loop, inPoint, outPoint, duration } = this.state.getState()
    return loopRange(loop, this.#time, { starts: this.#footage.starts, inPoint, outPoint, duration })
  }

  #move(time: number): void {
    this.#time = time
    const scene = sceneAt(this.#footage.starts, time)
    if (scene !== this.state.getState().scene) this.state.setState({ scene })
    for (const listener of this.#listeners) listener(time)
  }

  /** A position that playing brought, not a hand: this is where a loop starts over. */
  #playedTo(time: number): void {
    const range = this.#loop()
    if (range && reachedEnd(range, this.#time, time, this.frameRate)) this.seekToFrame(range.start)
    else this.#move(time)
  }

  #watchFrames(video: HTMLVideoElement, signal: AbortSignal): void {
    const next = (now: number, { mediaTime }: { mediaTime: number }): void => {
      if (signal.aborted) return
      const shown = Math.max(0, mediaTime - this.#clockStart)
      this.#shown = shown
      this.#lastFrame = now
      if (this.#seeker?.busy) this.#seeker.came()
      this.#show(shown)
      video.requestVideoFrameCallback(next)
    }
    video.requestVideoFrameCallback(next)
  }

  #show(shown: number): void {
    if (this.#seeker?.busy) return
    if (this.state.getState().playing) this.#playedTo(shown)
    else if (!this.#aim) this.#move(shown)
  }

  #advance(now: number, elapsed: number): void {
    const { reverse, playing } = this.state.getState()
    if (reverse > 0) {
      this.seek(this.#time - elapsed * reverse)
      if (this.#time === 0) this.#stopReverse()
    } else if (playing && this.#video && !this.#seeker?.busy && now - this.#lastFrame > STILL_MS) {
      // No new frame for long: sound plays on past the picture, or it changes slower than time goes.
      this.#playedTo(this.#video.currentTime - this.#clockStart)
    }
  }

  #stopReverse(): void {
    if (this.state.getState().reverse === 0) return
    this.state.setState({ reverse: 0 })
    this.#ticker.stop()
  }

  #loaded(): void {
    const duration = this.#footage.duration ?? this.#elementDuration()
    this.state.setState({ duration, ready: true, fault: null })
  }

  #started(): void {
    this.state.setState({ playing: true, reverse: 0 })
    this.#ticker.start()
  }

  #paused(): void {
    this.state.setState({ playing: false })
    if (this.state.getState().reverse === 0) this.#ticker.stop()
  }

  #ended(): void {
    const range = this.#loop()
    if (!range) return
    this.seekToFrame(range.start)
    this.play()
  }

  #failed(): void {
    const kinds: Readonly<Record<number, PlaybackFault['kind']>> = { 2: 'read', 3: 'decode', 4: 'format' }
    const kind = kinds[this.#video?.error?.code ?? 0]
    this.#seeker?.forget()
    if (kind) this.state.setState({ fault: { kind, time: this.#time }, playing: false, ready: false })
  }

  #elementDuration(): number {
    const duration = this.#video?.duration ?? NaN
    return Number.isFinite(duration) ? Math.max(0, duration - this.#clockStart) : 0
  }
}

/** Longer than frames of ordinary footage are apart, milliseconds. */
const STILL_MS = 250

function faster(speed: number): number {
  return FASTER.find((step) => step > speed) ?? 4
}
