import { insideFrame, lastInstant } from './frames.ts'
import { FramePresenter } from './frame-presenter.ts'
import { FAULTS, type Footage } from './playback-state.ts'
import { Position } from './position.ts'
import { nextStart, previousStart, reachedEnd } from './scene-times.ts'
import { faster } from './speeds.ts'
import { Signal } from './signal.ts'
import { type AnimationFrames, browserFrames, Ticker } from './ticker.ts'

/** Going back within this many seconds of a scene's start means the scene before. */
const GRACE = 1

/** Plays a video: owns its element and moves the position. Without an element it is a position to browse by. */
export class Playback extends Position {
  readonly #stretches = new Signal<[from: number, to: number]>()
  #video: HTMLVideoElement | null = null
  #presenter: FramePresenter | null = null
  /** When a frame came last, milliseconds on the ticker's clock. */
  #lastFrame = 0
  readonly #ticker: Ticker

  constructor(frames: AnimationFrames = browserFrames) {
    super()
    this.#ticker = new Ticker(frames, (now, elapsed) => this.#advance(now, elapsed))
  }

  /** Tells what is played. Position and choices stay. */
  describe(footage: Footage): void {
    if (this.describeFootage(footage)) this.#presenter?.describe(this.clock, this.clockStart, this.time)
    this.state.setState({ duration: this.#duration() })
    this.moveTo(this.time)
  }

  /** Calls `watcher` with every stretch that was played, seconds; never with what was sought. Returns the way to stop it. */
  onPlayed(watcher: (from: number, to: number) => void): () => void {
    return this.#stretches.listen(watcher)
  }

  /** Takes an element over, at the position that was. Returns the way to let go of it. */
  attach(video: HTMLVideoElement): () => void {
    const ended = new AbortController()
    const presenter = new FramePresenter(video, this.clock, this.clockStart, {
      onPicture: (time) => this.showsPicture(time),
      onMove: (time) => this.moveTo(time),
      onPlayed: (time, now) => {
        this.#lastFrame = now
        this.#playedTo(time)
      },
      onArriving: (arriving) => this.state.setState({ arriving }),
      speed: () => this.state.getState().speed,
    })
    this.#video = video
    this.#presenter = presenter
    const on = (type: string, listener: () => void): void =>
      video.addEventListener(type, listener, { signal: ended.signal })
    on('loadedmetadata', () => this.#loaded())
    on('play', () => this.#started())
    on('pause', () => this.#paused())
    on('ended', () => this.#ended())
    on('error', () => this.#failed())
    presenter.watch(ended.signal)
    if (this.time + this.clockStart > 0) presenter.goTo(this.time)
    video.playbackRate = this.state.getState().speed
    if (video.readyState >= video.HAVE_METADATA) this.#loaded()
    return () => {
      ended.abort()
      this.#ticker.stop()
      this.#video = null
      this.#presenter = null
      this.showsPicture(null)
      this.state.setState({ playing: false, reverse: 0, ready: false, fault: null })
    }
  }

  play(): void {
    const video = this.#video
    if (!video || this.state.getState().fault) return
    this.#stopReverse()
    if (this.time >= lastInstant(this.state.getState().duration, this.frameRate)) this.seek(this.loop?.start ?? 0)
    this.#presenter?.release()
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
    if (isStill && this.isCounted) this.#presenter?.show(this.clock.frameAt(goal))
    else this.#presenter?.goTo(goal)
    this.moveTo(goal)
  }

  /** Seeks to where a frame begins, a scene's first for example, and shows exactly that frame. */
  seekToFrame(start: number): void {
    this.#showFrame(this.clock.frameAt(start))
  }

  stepFrames(count: number): void {
    this.pause()
    this.#showFrame(this.frame + count)
  }

  skip(seconds: number): void {
    this.seek(this.time + seconds)
  }

  toEnd(): void {
    this.pause()
    if (this.isCounted) this.#showFrame(this.clock.count - 1)
    else this.seek(this.state.getState().duration)
  }

  toNextScene(): void {
    const start = nextStart(this.starts, this.time)
    if (start !== null) this.seekToFrame(start)
  }

  toPreviousScene(): void {
    const grace = this.state.getState().playing ? GRACE : 1 / this.frameRate
    this.seekToFrame(previousStart(this.starts, this.time, grace))
  }

  /** Loads the file again after a fault, at the same place. */
  reload(): void {
    const video = this.#video
    if (!video) return
    this.state.setState({ fault: null, ready: false })
    this.#presenter?.forget()
    video.load()
    this.#presenter?.goTo(this.time)
  }

  protected override get frame(): number {
    return this.#presenter?.frame ?? super.frame
  }

  #showFrame(frame: number): void {
    const { count, frameAt } = this.clock
    const known = this.isCounted
    const last = known ? count - 1 : frameAt(lastInstant(this.state.getState().duration || Infinity, this.frameRate))
    const wanted = Math.max(0, Math.min(last, frame))
    // The first frame is known before any is counted.
    if (wanted === 0 && !known) return this.seek(0)
    this.#presenter?.show(wanted)
    this.moveTo(insideFrame(this.clock, wanted))
  }

  /** A position that playing brought, not a hand: this is where a loop starts over. */
  #playedTo(time: number): void {
    this.#stretches.emit(this.time, time)
    const range = this.loop
    if (range && reachedEnd(range, this.time, time, this.frameRate)) this.seekToFrame(range.start)
    else this.moveTo(time)
  }

  #advance(now: number, elapsed: number): void {
    const { reverse, playing } = this.state.getState()
    if (reverse > 0) {
      this.seek(this.time - elapsed * reverse)
      if (this.time === 0) this.#stopReverse()
    } else if (playing && this.#video && !this.#presenter?.busy && now - this.#lastFrame > STILL_MS) {
      // No new frame for long: sound plays on past the picture, or it changes slower than time goes.
      this.#playedTo(this.#video.currentTime - this.clockStart)
    }
  }

  #stopReverse(): void {
    if (this.state.getState().reverse === 0) return
    this.state.setState({ reverse: 0 })
    this.#ticker.stop()
  }

  #loaded(): void {
    this.state.setState({ duration: this.#duration(), ready: true, fault: null })
  }

  #started(): void {
    if (this.#presenter?.isApproaching || this.#video?.paused) return
    this.state.setState({ playing: true, reverse: 0 })
    this.#ticker.start()
  }

  #paused(): void {
    this.state.setState({ playing: false })
    if (this.state.getState().reverse === 0) this.#ticker.stop()
  }

  #ended(): void {
    const range = this.loop
    if (!range || this.#presenter?.isApproaching) return
    this.seekToFrame(range.start)
    this.play()
  }

  #failed(): void {
    const kind = FAULTS[this.#video?.error?.code ?? 0]
    this.#presenter?.forget()
    if (kind) this.state.setState({ fault: { kind, time: this.time }, playing: false, ready: false })
  }

  /** As the library knows it, or else as the element does; 0 while neither does. */
  #duration(): number {
    const { duration = NaN } = this.#video ?? {}
    return this.knownDuration ?? (Number.isFinite(duration) ? Math.max(0, duration - this.clockStart) : 0)
  }
}

/** Longer than frames of ordinary footage are apart, milliseconds. */
const STILL_MS = 250
