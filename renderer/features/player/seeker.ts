/**
 * Seeks an element as fast as it can show the result and no faster: a seek that is asked for while another runs waits,
 * and only the last one waits. That is what makes a scrub show pictures on its way.
 */
export class Seeker {
  readonly #video: HTMLVideoElement
  readonly #onDone: () => void
  /** Whether the frame on screen can be what the seek brought, even though it came before the word of it. */
  readonly #isWanted: () => boolean
  #goal: number | null = null
  #waiting: number | null = null
  #hasArrived = false
  #late: ReturnType<typeof setTimeout> | null = null

  constructor(video: HTMLVideoElement, onDone: () => void, isWanted: () => boolean) {
    this.#video = video
    this.#onDone = onDone
    this.#isWanted = isWanted
  }

  get busy(): boolean {
    return this.#goal !== null
  }

  seek(time: number): void {
    if (this.#goal !== null && !this.#isForgotten()) {
      this.#waiting = time
      return
    }
    this.#goal = time
    this.#hasArrived = false
    // A seek past the end may never be told as done.
    const { duration } = this.#video
    this.#video.currentTime = duration > 0 ? Math.min(time, duration) : time
  }

  /** Has to be called when the element says `seeked`. Its frame comes shortly before or after. */
  arrived(): void {
    if (this.#goal === null) return
    this.#hasArrived = true
    if (this.#isWanted()) this.#finish()
    else this.#late = setTimeout(() => this.#finish(), FRAME_LATE_MS)
  }

  /** Has to be called when a frame comes on screen. */
  came(): void {
    if (this.#hasArrived) this.#finish()
  }

  /** The element failed or loads anew: what was under way never arrives. */
  forget(): void {
    if (this.#late) clearTimeout(this.#late)
    this.#late = null
    this.#hasArrived = false
    this.#goal = null
    this.#waiting = null
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

/** A frame that has not come this long after its seek came before it, or was on screen already; milliseconds. */
const FRAME_LATE_MS = 150
