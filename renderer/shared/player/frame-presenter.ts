import { Aim } from './seek-strategy.ts'
import { Creep } from './play-to-frame.ts'
import type { FrameClock } from './frames.ts'
import { Seeker } from './seeker.ts'

/** What the gate tells, and what it has to know of how the video is played. */
export interface GateKeeper {
  /** A frame that begins at `time` came on screen, for whatever reason. */
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
 * Where the frame stands, as in a projector. Brings the one that was asked for, believes it only when the element tells
 * that it is on screen, and holds it there: a frame that comes late and is another is sent back.
 */
export class Gate {
  readonly #video: HTMLVideoElement
  readonly #keeper: GateKeeper
  readonly #seeker: Seeker
  #clock: FrameClock
  /** What the element's clock reads when ours reads 0, seconds. */
  #clockStart: number
  /** When the frame on screen begins; null before there is one. */
  #shown: number | null = null
  /** The frame that was asked for; kept while it stands. */
  #aim: Aim | null = null
  #creep: Creep | null = null
  /** How often in a row no frame was told of. */
  #unseen = 0
  #lookAgain: ReturnType<typeof setTimeout> | null = null

  constructor(video: HTMLVideoElement, clock: FrameClock, clockStart: number, keeper: GateKeeper) {
    this.#video = video
    this.#clock = clock
    this.#clockStart = clockStart
    this.#keeper = keeper
    this.#seeker = new Seeker(
      video,
      () => this.#landed(),
      () => this.#isAimShown(),
    )
  }

  /** Listens to the element until `signal` says otherwise. */
  watch(signal: AbortSignal): void {
    this.#video.addEventListener('seeking', () => this.#seeker.began(), { signal })
    this.#video.addEventListener('seeked', () => this.#seeker.arrived(), { signal })
    // What was sought before the element knew its file is never told as done where that is the start.
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
    return this.#seeker.busy || this.#creep !== null
  }

  /** Whether the element plays only to bring a frame. */
  get isCreeping(): boolean {
    return this.#creep !== null
  }

  /** The frame that was asked for, whether it stands yet or not; null when playing or a bare instant came after it. */
  get frame(): number | null {
    return this.#aim?.frame ?? null
  }

  /** Counts frames by another clock from now on. @param time where the picture should be by it, seconds */
  describe(clock: FrameClock, clockStart: number, time: number): void {
    const isHeld = this.#aim !== null
    const isMoved = clockStart !== this.#clockStart
    this.#clock = clock
    this.#clockStart = clockStart
    if (isMoved) this.#shown = null
    // Where only the count changes, the picture stays as it is.
    if (isHeld) this.show(clock.frameAt(this.#shown ?? time))
    else if (isMoved) this.goTo(time)
  }

  /** Goes to an instant, and takes whatever frame comes. */
  goTo(time: number): void {
    this.#goTo(time, null)
  }

  /** Shows exactly one frame. */
  show(frame: number): number {
    const aim = new Aim(this.#clock, frame)
    this.#goTo(aim.goal, aim)
    return aim.goal
  }

  /** Lets go of the frame: from now on it moves. */
  release(): void {
    this.#stopTrying()
    this.#aim = null
    this.#keeper.onArriving(false)
  }

  /** The element failed or loads anew. */
  forget(): void {
    this.release()
    this.#seeker.forget()
    this.#shown = null
  }

  #goTo(goal: number, aim: Aim | null): void {
    this.#stopTrying()
    if (aim !== this.#aim) this.#unseen = 0
    this.#aim = aim
    this.#keeper.onArriving(true)
    this.#seeker.seek(goal + this.#clockStart)
  }

  #came(shown: number, presentedAt: number, now: number): void {
    this.#shown = shown
    this.#unseen = 0
    this.#keeper.onPicture(shown)
    if (this.#creep) return this.#crept(shown)
    const wasBusy = this.#seeker.busy
    if (!this.#seeker.came(presentedAt) || this.busy) return
    if (!this.#video.paused) {
      this.#aim = null
      this.#keeper.onPlayed(shown, now)
    } else if (!wasBusy) this.#judge(shown)
  }

  /** A seek is over, and none waits. */
  #landed(): void {
    if (this.#shown !== null && this.#seeker.hasFrame) return this.#judge(this.#shown)
    // No frame to judge by, as in a hidden window, is no sign of a wrong one. If one comes yet, it is judged then.
    const aim = this.#aim
    if (!aim || this.#isAimShown() || this.#unseen >= MOST_UNSEEN) return this.#keeper.onArriving(false)
    this.#lookAgain = setTimeout(() => this.#seekAgain(aim), LOST_MS)
  }

  /** News of a frame can get lost. Another seek brings it anew, if not to the very instant it stands at. */
  #seekAgain(aim: Aim): void {
    this.#unseen += 1
    this.#goTo(aim.goal + this.#unseen * ASIDE, aim)
  }

  #judge(shown: number): void {
    const aim = this.#aim
    const frame = this.#clock.frameAt(shown)
    if (!aim || !this.#video.paused) return this.#stands(shown)
    if (frame === aim.frame) {
      aim.hit()
      return this.#stands(shown)
    }
    const next = aim.missed(frame, this.#limit)
    if (next === 'seek') this.#goTo(aim.goal, aim)
    else if (next === 'creep') this.#creepTo(aim, shown)
    else {
      this.#aim = null
      this.#stands(shown)
    }
  }

  #stands(shown: number): void {
    this.#keeper.onArriving(false)
    if (this.#video.paused) this.#keeper.onMove(shown)
    else this.#aim = null
  }

  #creepTo(aim: Aim, from: number): void {
    const distance = this.#clock.timeOf(aim.frame) - from
    this.#creep = new Creep(this.#video, aim.creepRate, distance, () => this.#crept(Infinity))
    this.#creep.start()
  }

  #crept(shown: number): void {
    if (!this.#aim || this.#clock.frameAt(shown) < this.#aim.frame) return
    this.#stopTrying()
    this.#judge(this.#shown ?? 0)
  }

  #stopTrying(): void {
    if (this.#lookAgain) clearTimeout(this.#lookAgain)
    this.#lookAgain = null
    const creep = this.#creep
    this.#creep = null
    creep?.stop(this.#keeper.speed())
  }

  /** Whether the frame that was asked for is on screen; without one, any will do. */
  #isAimShown(): boolean {
    if (this.#shown === null) return false
    return this.#aim === null || this.#clock.frameAt(this.#shown) === this.#aim.frame
  }

  /** The end of what the element has, on our clock. It learns in playing that there is more. */
  get #limit(): number {
    const { duration } = this.#video
    return duration > 0 ? duration - this.#clockStart : Infinity
  }
}

/** News of a frame that has not come this long after the wait for it is lost, milliseconds. */
const LOST_MS = 500
/** Seeks without news of a frame before that is no longer waited for: nobody may be looking. */
const MOST_UNSEEN = 3
/** Far enough for Chromium to seek at all, and nearer than any frame is long, seconds. */
const ASIDE = 0.0002
