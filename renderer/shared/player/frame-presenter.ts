import { SeekStrategy } from './seek-strategy.ts'
import { PlayToFrame } from './play-to-frame.ts'
import type { FrameClock } from './frames.ts'
import { Seeker } from './seeker.ts'

/** What the presenter reports, and what it has to know of how the video is played. */
export interface PresenterEvents {
  /** A frame that begins at `time` came on screen, for any reason. */
  readonly onPicture: (time: number) => void
  /** Where the picture is, or will be in a moment, seconds. */
  readonly onMove: (time: number) => void
  /** Playing brought a frame that begins at `time`; `now` is when, milliseconds. */
  readonly onPlayed: (time: number, now: number) => void
  /** Whether the picture is on its way to what was asked for. */
  readonly onArriving: (arriving: boolean) => void
  /** The speed to leave the element at. */
  readonly speed: () => number
}

/**
 * Keeps the requested frame on screen: verified by requestVideoFrameCallback, not by the element's clock. When another
 * frame comes late, it seeks again.
 */
export class FramePresenter {
  readonly #video: HTMLVideoElement
  readonly #events: PresenterEvents
  readonly #seeker: Seeker
  #clock: FrameClock
  /** What the element's clock reads when ours reads 0, seconds. */
  #clockStart: number
  /** When the frame on screen begins; null before there is one. */
  #shown: number | null = null
  /** The frame that was asked for; kept while it is on screen. */
  #target: SeekStrategy | null = null
  #approach: PlayToFrame | null = null
  /** How often in a row a seek brought no frame. */
  #unseen = 0
  #retry: ReturnType<typeof setTimeout> | null = null

  constructor(video: HTMLVideoElement, clock: FrameClock, clockStart: number, events: PresenterEvents) {
    this.#video = video
    this.#clock = clock
    this.#clockStart = clockStart
    this.#events = events
    this.#seeker = new Seeker(
      video,
      () => this.#landed(),
      () => this.#isTargetShown(),
    )
  }

  /** Listens to the element until `signal` says otherwise. */
  watch(signal: AbortSignal): void {
    this.#video.addEventListener('seeking', () => this.#seeker.began(), { signal })
    this.#video.addEventListener('seeked', () => this.#seeker.arrived(), { signal })
    // A seek to the start before the element knows its file never fires `seeked`.
    this.#video.addEventListener('loadeddata', () => this.#seeker.arrived(), { signal })
    const next = (now: number, { mediaTime, presentationTime }: VideoFrameCallbackMetadata): void => {
      if (signal.aborted) return
      // First, as Chromium tells of no frame that comes between a call and the next request.
      this.#video.requestVideoFrameCallback(next)
      this.#came(Math.max(0, mediaTime - this.#clockStart), presentationTime, now)
    }
    this.#video.requestVideoFrameCallback(next)
    signal.addEventListener('abort', () => this.forget())
  }

  get busy(): boolean {
    return this.#seeker.busy || this.#approach !== null
  }

  /** Whether the element plays only to reach a frame. */
  get isApproaching(): boolean {
    return this.#approach !== null
  }

  /** The frame that was asked for, whether it is on screen yet or not; null when playing or a bare instant came after it. */
  get frame(): number | null {
    return this.#target?.frame ?? null
  }

  /** Counts frames by another clock from now on. @param time where the picture should be by it, seconds */
  describe(clock: FrameClock, clockStart: number, time: number): void {
    const isHeld = this.#target !== null
    const isMoved = clockStart !== this.#clockStart
    this.#clock = clock
    this.#clockStart = clockStart
    if (isMoved) this.#shown = null
    // Where only the count changes, the picture stays as it is.
    if (isHeld) this.show(clock.frameAt(this.#shown ?? time))
    else if (isMoved) this.goTo(time)
  }

  /** Goes to an instant, and accepts any frame. */
  goTo(time: number): void {
    this.#goTo(time, null)
  }

  /** Shows exactly one frame. */
  show(frame: number): number {
    const target = new SeekStrategy(this.#clock, frame)
    this.#goTo(target.goal, target)
    return target.goal
  }

  /** Gives the frame up: from now on the video plays. */
  release(): void {
    this.#stopTrying()
    this.#target = null
    this.#events.onArriving(false)
  }

  /** The element failed or loads anew. */
  forget(): void {
    this.release()
    this.#seeker.forget()
    this.#shown = null
  }

  #goTo(goal: number, target: SeekStrategy | null): void {
    this.#stopTrying()
    if (target !== this.#target) this.#unseen = 0
    this.#target = target
    this.#events.onArriving(true)
    this.#seeker.seek(goal + this.#clockStart)
  }

  #came(shown: number, presentedAt: number, now: number): void {
    this.#shown = shown
    this.#unseen = 0
    this.#events.onPicture(shown)
    if (this.#approach) return this.#playedTo(shown)
    const wasBusy = this.#seeker.busy
    if (!this.#seeker.came(presentedAt) || this.busy) return
    if (!this.#video.paused) {
      this.#target = null
      this.#events.onPlayed(shown, now)
    } else if (!wasBusy) this.#judge(shown)
  }

  /** A seek is over, and none waits. */
  #landed(): void {
    if (this.#shown !== null && this.#seeker.hasFrame) return this.#judge(this.#shown)
    // No frame to judge by, as in a hidden window, is no sign of a wrong one. If one comes yet, it is judged then.
    const target = this.#target
    if (!target || this.#isTargetShown() || this.#unseen >= MOST_UNSEEN) return this.#events.onArriving(false)
    this.#retry = setTimeout(() => this.#seekAgain(target), LOST_MS)
  }

  /** The callback for a frame can get lost. Another seek brings it again, unless it goes to the very same instant. */
  #seekAgain(target: SeekStrategy): void {
    this.#unseen += 1
    this.#goTo(target.goal + this.#unseen * ASIDE, target)
  }

  #judge(shown: number): void {
    const target = this.#target
    const frame = this.#clock.frameAt(shown)
    if (!target || !this.#video.paused) return this.#settle(shown)
    if (frame === target.frame) {
      target.hit()
      return this.#settle(shown)
    }
    const next = target.missed(frame, this.#limit)
    if (next === 'seek') this.#goTo(target.goal, target)
    else if (next === 'play') this.#playTo(target, shown)
    else {
      this.#target = null
      this.#settle(shown)
    }
  }

  #settle(shown: number): void {
    this.#events.onArriving(false)
    if (this.#video.paused) this.#events.onMove(shown)
    else this.#target = null
  }

  #playTo(target: SeekStrategy, from: number): void {
    const distance = this.#clock.timeOf(target.frame) - from
    this.#approach = new PlayToFrame(this.#video, target.playRate, distance, () => this.#playedTo(Infinity))
    this.#approach.start()
  }

  #playedTo(shown: number): void {
    if (!this.#target || this.#clock.frameAt(shown) < this.#target.frame) return
    this.#stopTrying()
    this.#judge(this.#shown ?? 0)
  }

  #stopTrying(): void {
    if (this.#retry) clearTimeout(this.#retry)
    this.#retry = null
    const approach = this.#approach
    this.#approach = null
    approach?.stop(this.#events.speed())
  }

  /** Whether the frame that was asked for is on screen; without one, any will do. */
  #isTargetShown(): boolean {
    if (this.#shown === null) return false
    return this.#target === null || this.#clock.frameAt(this.#shown) === this.#target.frame
  }

  /** The end of what the element has, on our clock. It learns in playing that there is more. */
  get #limit(): number {
    const { duration } = this.#video
    return duration > 0 ? duration - this.#clockStart : Infinity
  }
}

/** A frame callback that has not come after this long is lost, milliseconds. */
const LOST_MS = 500
/** Seeks without a frame callback before it is given up: the window may be hidden. */
const MOST_UNSEEN = 3
/** Far enough for Chromium to seek at all, and nearer than any frame is long, seconds. */
const ASIDE = 0.0002
