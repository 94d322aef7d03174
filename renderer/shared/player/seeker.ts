/**
 * Seeks an element as fast as it can show the result and no faster: a seek that is asked for while another runs waits,
 * and only the last one waits. That is what makes a scrub show pictures on its way.
 */
export class Seeker {
  readonly #video: HTMLVideoElement
  readonly #onDone: () => void
  /** Whether the frame on screen is what was asked for. */
  readonly #isWanted: () => boolean
  #goal: number | null = null
  #waiting: number | null = null
  /** When the last seek was begun, milliseconds on the clock of `requestVideoFrameCallback`. */
  #since = 0
  #hasArrived = false
  #hasFrame = false
  #isRepeated = false
  /** Whether no frame came but by seeking when the last seek was begun. */
  #wasStill = false
  #late: ReturnType<typeof setTimeout> | null = null

  /** @param onDone called when a seek is over and none waits. */
  constructor(video: HTMLVideoElement, onDone: () => void, isWanted: () => boolean) {
    this.#video = video
    this.#onDone = onDone
    this.#isWanted = isWanted
  }

  get busy(): boolean {
    return this.#goal !== null
  }

  /** Whether a frame came on screen since the last seek was begun: the one before it proves nothing. */
  get hasFrame(): boolean {
    return this.#hasFrame
  }

  seek(time: number): void {
    if (this.#goal !== null && !this.#isForgotten()) {
      this.#waiting = time
      return
    }
    this.forget()
    this.#goal = time
    this.#since = performance.now()
    const goal = this.#within(time)
    // Chromium skips a seek to where it stands: the frame on screen is its frame.
    this.#hasFrame = !this.#video.seeking && Math.abs(this.#video.currentTime - goal) < ROUNDING
    this.#isRepeated = false
    this.#wasStill = this.#video.paused
    this.#video.currentTime = goal
  }

  /**
   * Has to be called when the element says `seeking`. Where it ended on the very instant that its last frame begins at,
   * Chromium loses the next seek and is back at the end a quarter of a second later; the same seek again takes.
   */
  began(): void {
    if (this.#goal === null || this.#isRepeated || !this.#video.ended) return
    const goal = this.#within(this.#goal)
    if (goal >= this.#video.duration) return
    this.#isRepeated = true
    this.#video.currentTime = goal
  }

  /** Has to be called when the element says `seeked`. Its frame comes shortly before or after. */
  arrived(): void {
    // While it seeks still, this is the word of a seek that another one overtook.
    if (this.#goal === null || this.#hasArrived || this.#video.seeking) return
    this.#hasArrived = true
    if (this.#hasFrame && (this.#wasStill || this.#isWanted())) this.#finish()
    else this.#late = setTimeout(() => this.#finish(), FRAME_LATE_MS)
  }

  /**
   * Has to be called when a frame comes on screen. A busy machine tells of one long after, when the next seek runs.
   * @param presentedAt when it was put there, as the element tells.
   * @returns whether the last seek can have brought it.
   */
  came(presentedAt: number): boolean {
    if (presentedAt < this.#since) return false
    this.#hasFrame = true
    if (this.#hasArrived) this.#finish()
    return true
  }

  /** The element failed or loads anew: what was under way never arrives. */
  forget(): void {
    if (this.#late) clearTimeout(this.#late)
    this.#late = null
    this.#hasArrived = false
    this.#goal = null
    this.#waiting = null
  }

  /** A seek past the end may never fire `seeked`. Sound can make the clock of a file begin before 0. */
  #within(time: number): number {
    const { duration } = this.#video
    return Math.max(0, duration > 0 ? Math.min(time, duration) : time)
  }

  /** The element does not seek any more, and said nothing. */
  #isForgotten(): boolean {
    return !this.#hasArrived && !this.#video.seeking
  }

  #finish(): void {
    const [goal, next] = [this.#goal, this.#waiting]
    this.forget()
    if (next !== null && next !== goal) this.seek(next)
    else if (goal !== null) this.#onDone()
  }
}

/** Elements count in microseconds. */
const ROUNDING = 2e-6
/** A frame that has not come this long after its seek is not waited for, milliseconds. It is looked at when it comes. */
const FRAME_LATE_MS = 150
