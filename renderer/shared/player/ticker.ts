/** The part of `window` that calls back before each picture. */
export interface AnimationFrames {
  request(callback: (now: number) => void): number
  cancel(id: number): void
}

export const browserFrames: AnimationFrames = {
  request: (callback) => requestAnimationFrame(callback),
  cancel: (id) => cancelAnimationFrame(id),
}

/** Calls back before each picture of the window, with the milliseconds now and the seconds since the last call. */
export class Ticker {
  readonly #frames: AnimationFrames
  readonly #onTick: (now: number, elapsed: number) => void
  #id: number | null = null

  constructor(frames: AnimationFrames, onTick: (now: number, elapsed: number) => void) {
    this.#frames = frames
    this.#onTick = onTick
  }

  start(): void {
    if (this.#id !== null) return
    let last: number | null = null
    const next = (now: number): void => {
      const elapsed = last === null ? 0 : (now - last) / 1000
      last = now
      this.#id = this.#frames.request(next)
      this.#onTick(now, elapsed)
    }
    this.#id = this.#frames.request(next)
  }

  stop(): void {
    if (this.#id !== null) this.#frames.cancel(this.#id)
    this.#id = null
  }
}
