import { createStore } from 'zustand/vanilla'
import { evenFrames, FALLBACK_RATE, type FrameClock, frameTimecode, insideFrame, lastInstant } from './frames.ts'
import { Gate } from './frame-presenter.ts'
import { withInPoint, withOutPoint } from './marks.ts'
import { type Footage, INITIAL, type PlaybackFault, type PlaybackState } from './playback-state.ts'
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
  readonly #viewers = new Set<(time: number) => void>()
  readonly #watchers = new Set<(from: number, to: number) => void>()
  #pictureTime: number | null = null
  #footage: Footage = { duration: null, frameRate: null, starts: [] }
  #video: HTMLVideoElement | null = null
  #time = 0
  #clock: FrameClock = evenFrames(FALLBACK_RATE)
  #clockStart = 0
  #gate: Gate | null = null
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
    const { frames = null, frameRate } = this.#footage
    this.#footage = footage
    if ((footage.frames ?? null) !== frames || footage.frameRate !== frameRate) this.#count()
    this.state.setState({ duration: footage.duration ?? this.#elementDuration() })
    this.#move(this.#time)
  }

  /** Calls `listener` with every new position, and once now. Returns the way to stop it. */
  onTime(listener: (time: number) => void): () => void {
    this.#listeners.add(listener)
    listener(this.#time)
    return () => this.#listeners.delete(listener)
  }

  /** When the frame that is on screen begins, seconds; null before there is one. It may be on its way to `time`. */
  get pictureTime(): number | null {
    return this.#pictureTime
  }

  /** Calls `viewer` whenever a frame came on screen, with when it begins. Returns the way to stop it. */
  onPicture(viewer: (time: number) => void): () => void {
    this.#viewers.add(viewer)
    return () => this.#viewers.delete(viewer)
  }

  /** Calls `watcher` with every stretch that was played, seconds; never with what was sought. Returns the way to stop it. */
  onPlayed(watcher: (from: number, to: number) => void): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  /** Takes an element over, at the position that was. Returns the way to let go of it. */
  attach(video: HTMLVideoElement): () => void {
    const ended = new AbortController()
    const gate = new Gate(video, this.#clock, this.#clockStart, {
      onPicture: (time) => {
        this.#pictureTime = time
        for (const viewer of this.#viewers) viewer(time)
      },
      onMove: (time) => this.#move(time),
      onPlayed: (time, now) => this.#played(time, now),
      onArriving: (arriving) => this.#setArriving(arriving),
      speed: () => this.state.getState().speed,
    })
    this.#video = video
    this.#gate = gate
    const on = (type: string, listener: () => void): void =>
      video.addEventListener(type, listener, { signal: ended.signal })
    on('loadedmetadata', () => this.#loaded())
    on('play', () => this.#started())
    on('pause', () => this.#paused())
    on('ended', () => this.#ended())
    on('error', () => this.#failed())
    gate.watch(ended.signal)
    if (this.#time + this.#clockStart > 0) gate.goTo(this.#time)
    video.playbackRate = this.state.getState().speed
    if (video.readyState >= video.HAVE_METADATA) this.#loaded()
    return () => {
      ended.abort()
      this.#ticker.stop()
      this.#video = null
      this.#gate = null
      this.#pictureTime = null
      this.state.setState({ playing: false, reverse: 0, ready: false, fault: null })
    }
  }

  play(): void {
    const video = this.#video
    if (!video || this.state.getState().fault) return
    this.#stopReverse()
    if (this.#time >= lastInstant(this.state.getState().duration, this.frameRate)) this.seek(this.#loop()?.start ?? 0)
    this.#gate?.release()
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

  /** Goes to an instant, and shows the frame that belongs there. @param time in seconds; kept within the video. */
  seek(time: number): void {
    const { duration, reverse } = this.state.getState()
    const last = duration > 0 ? lastInstant(duration, this.frameRate) : Infinity
    const goal = Math.min(last, Math.max(0, time))
    const isStill = this.#video?.paused === true && reverse === 0
    if (isStill && Number.isFinite(this.#clock.count)) this.#gate?.show(this.#clock.frameAt(goal))
    else this.#gate?.goTo(goal)
    this.#move(goal)
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
    this.state.setState((state) => withInPoint(state, this.#clock.timeOf(this.#frame())))
  }

  /** Marks the frame on screen as the last of the range; an in point behind it goes. */
  markOut(): void {
    this.state.setState((state) => withOutPoint(state, this.#clock.endOf(this.#frame())))
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
    this.#gate?.forget()
    video.load()
    this.#gate?.goTo(this.#time)
  }

  /** The number of the frame on screen at a time; null while frames are not counted. */
  frameAt(time: number): number | null {
    return Number.isFinite(this.#clock.count) ? this.#clock.frameAt(time) : null
  }

  /** The position as `00:03:12:10`, the last two being the frame. */
  timecode(time: number): string {
    return frameTimecode(this.#clock, time, this.frameRate)
  }

  /** The frame on screen, or on its way there. */
  #frame(): number {
    return this.#gate?.frame ?? this.#clock.frameAt(this.#time)
  }

  #showFrame(frame: number): void {
    const { count, frameAt } = this.#clock
    const known = Number.isFinite(count)
    const last = known ? count - 1 : frameAt(lastInstant(this.state.getState().duration || Infinity, this.frameRate))
    const wanted = Math.max(0, Math.min(last, frame))
    // The first frame is known before any is counted.
    if (wanted === 0 && !known) return this.seek(0)
    this.#gate?.show(wanted)
    this.#move(insideFrame(this.#clock, wanted))
  }

  #count(): void {
    const { frames } = this.#footage
    this.#clock = frames?.clock ?? evenFrames(this.frameRate)
    this.#clockStart = frames?.clockStart ?? 0
    this.state.setState({ counted: frames !== null && frames !== undefined })
    this.#gate?.describe(this.#clock, this.#clockStart, this.#time)
  }

  #setArriving(arriving: boolean): void {
    if (arriving !== this.state.getState().arriving) this.state.setState({ arriving })
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
    for (const watcher of this.#watchers) watcher(this.#time, time)
    const range = this.#loop()
    if (range && reachedEnd(range, this.#time, time, this.frameRate)) this.seekToFrame(range.start)
    else this.#move(time)
  }

  #played(time: number, now: number): void {
    this.#lastFrame = now
    this.#playedTo(time)
  }

  #advance(now: number, elapsed: number): void {
    const { reverse, playing } = this.state.getState()
    if (reverse > 0) {
      this.seek(this.#time - elapsed * reverse)
      if (this.#time === 0) this.#stopReverse()
    } else if (playing && this.#video && !this.#gate?.busy && now - this.#lastFrame > STILL_MS) {
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
    if (this.#gate?.isCreeping || this.#video?.paused) return
    this.state.setState({ playing: true, reverse: 0 })
    this.#ticker.start()
  }

  #paused(): void {
    this.state.setState({ playing: false })
    if (this.state.getState().reverse === 0) this.#ticker.stop()
  }

  #ended(): void {
    const range = this.#loop()
    if (!range || this.#gate?.isCreeping) return
    this.seekToFrame(range.start)
    this.play()
  }

  #failed(): void {
    const kinds: Readonly<Record<number, PlaybackFault['kind']>> = { 2: 'read', 3: 'decode', 4: 'format' }
    const kind = kinds[this.#video?.error?.code ?? 0]
    this.#gate?.forget()
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
