/** Further than this, in seconds of film, nothing is played from one picture to the next: it was not on screen between. */
const LONGEST_STEP = 2

/** What of a film somebody watched. Only what was played counts: neither what was sought past, nor time spent paused. */
export class Watch {
  #seconds = 0
  /** The parts that were seen, apart from each other and ascending, seconds. */
  #seen: (readonly [start: number, end: number])[] = []

  /** Playing went from one picture to another. @param frame seconds that the last one stays */
  played(from: number, to: number, frame: number): void {
    const step = to - from
    if (step < 0 || step > LONGEST_STEP) return
    this.#seconds += step
    this.#see(from, to + frame)
  }

  /** Seconds of film that were played; what was played twice counts twice. */
  get seconds(): number {
    return this.#seconds
  }

  /** Percent of the film, 0..100, that was seen at least once. @param duration of it, seconds */
  percentOf(duration: number): number {
    if (!(duration > 0)) return 0
    const seen = this.#seen.reduce((sum, [start, end]) => sum + Math.min(end, duration) - Math.min(start, duration), 0)
    return Math.min(100, (seen / duration) * 100)
  }

  #see(start: number, end: number): void {
    const before = this.#seen.filter((part) => part[1] < start)
    const after = this.#seen.filter((part) => part[0] > end)
    const touched = this.#seen.slice(before.length, this.#seen.length - after.length)
    const whole = [Math.min(start, ...touched.map(([from]) => from)), Math.max(end, ...touched.map(([, to]) => to))]
    this.#seen = [...before, [whole[0] ?? start, whole[1] ?? end], ...after]
  }
}
