/**
 * Seeks an element as fast as it can show the result and no faster: a seek that is asked for while another runs waits,
 * and only the last one waits. That is what makes a scrub show pictures on its way.
 */
export class Seeker {
  readonly #video: HTMLVideoElement
  #goal: number | null = null
  #waiting: number | null = null

  constructor(video: HTMLVideoElement) {
    this.#video = video
  }

  get busy(): boolean {
    return this.#goal !== null
  }

  seek(time: number): void {
    if (this.#goal !== null) {
      this.#waiting = time
      return
    }
    this.#goal = time
    this.#video.currentTime = time
  }

  /** Has to be called when the element says `seeked`. */
  arrived(): void {
    const next = this.#waiting
    const goal = this.#goal
    this.#goal = null
    this.#waiting = null
    if (next !== null && next !== goal) this.seek(next)
  }

  /** The element failed or loads anew: what was under way never arrives. */
  forget(): void {
    this.#goal = null
    this.#waiting = null
  }
}
