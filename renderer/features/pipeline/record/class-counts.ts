/** How many of each class are in frame over time: at most `MOST_BINS` moments, however long the video is. */
export const MOST_BINS = 480
/** Seconds of one moment to begin with; it doubles whenever the moments do not suffice. */
const FIRST_WIDTH = 0.05

/** What was in frame at one moment: the counts by class index, of the fullest frame in it. */
export type Moment = readonly number[]

export class ClassCounts {
  #width = FIRST_WIDTH
  #moments: (Moment | undefined)[] = []
  #most = 0

  /** Seconds that one moment covers. */
  get width(): number {
    return this.#width
  }

  /** Largest number in frame. */
  get most(): number {
    return this.#most
  }

  /** By time; what no frame fell into is undefined. */
  get moments(): readonly (Moment | undefined)[] {
    return this.#moments
  }

  /** @param time when the frame is shown, seconds @param counts by class index */
  add(time: number, counts: Moment): void {
    while (time >= this.#width * MOST_BINS) this.#widen()
    const at = Math.max(0, Math.floor(time / this.#width + 1e-9))
    this.#moments[at] = fuller(this.#moments[at], counts)
    this.#most = Math.max(this.#most, total(counts))
  }

  #widen(): void {
    const halves = this.#moments
    this.#moments = Array.from({ length: Math.ceil(halves.length / 2) }, (_, at) => {
      const [first, second] = [halves[2 * at], halves[2 * at + 1]]
      return second === undefined ? first : fuller(first, second)
    })
    this.#width *= 2
  }
}

function fuller(one: Moment | undefined, other: Moment): Moment {
  return one !== undefined && total(one) > total(other) ? one : other
}

function total(counts: Moment): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
