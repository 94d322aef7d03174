/** Longer than it takes to start playing on a busy machine, milliseconds. */
const STARTING_MS = 1500

/** Plays an element silently and slowly, up to a frame that no seek reaches. */
export class PlayToFrame {
  readonly #video: HTMLVideoElement
  readonly #onDone: () => void
  readonly #rate: number
  readonly #limitMs: number
  readonly #wasMuted: boolean
  #limit: ReturnType<typeof setTimeout> | null = null

  /** @param distance how far the frame is, seconds. @param onDone called where the frame did not come in time. */
  constructor(video: HTMLVideoElement, rate: number, distance: number, onDone: () => void) {
    this.#video = video
    this.#rate = rate
    this.#limitMs = STARTING_MS + (1000 * distance) / rate
    this.#onDone = onDone
    this.#wasMuted = video.muted
  }

  start(): void {
    this.#limit = setTimeout(() => this.#onDone(), this.#limitMs)
    this.#video.muted = true
    this.#video.playbackRate = this.#rate
    // A refusal is our own pause that came first.
    this.#video.play().catch(() => undefined)
  }

  /** Stops on the frame that is on screen. @param speed the rate from now on. */
  stop(speed: number): void {
    if (this.#limit) clearTimeout(this.#limit)
    this.#video.pause()
    this.#video.playbackRate = speed
    this.#video.muted = this.#wasMuted
  }
}
