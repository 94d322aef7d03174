import { type Column, integers } from './column.ts'

/** Frames in a row that show a track, as places in the record: both are its own. */
export interface Run {
  readonly first: number
  last: number
}

/** Everything in the stream about one track so far. Grows in place. */
export class Track {
  readonly id: number
  /** 1 to 8, for life. */
  readonly colour: number
  /** Frames of the record that show it, ascending. */
  readonly frames: Column = integers()
  /** Its target in each of them. */
  readonly targets: Column = integers()
  /** A gap between two of them is time in which it was not seen. */
  readonly runs: Run[] = []
  /** Place among `targets` of the one with the highest confidence, the first of several. */
  best = 0
  bestConfidence = 0
  /** By class index (PI-62). */
  readonly #votes = new Map<number, number>()
  #classIndex = -1

  constructor(id: number, colour: number) {
    this.id = id
    this.colour = colour
  }

  get classIndex(): number {
    return this.#classIndex
  }

  get firstFrame(): number {
    return this.frames.at(0)
  }

  get lastFrame(): number {
    return this.frames.at(this.frames.length - 1)
  }

  /** @param frame place in the record @param target place among its targets */
  add(frame: number, target: number, classIndex: number, confidence: number): void {
    const run = this.runs.at(-1)
    if (run && run.last >= frame - 1) run.last = frame
    else this.runs.push({ first: frame, last: frame })
    if (confidence > this.bestConfidence) {
      this.best = this.frames.length
      this.bestConfidence = confidence
    }
    this.frames.push(frame)
    this.targets.push(target)
    this.#vote(classIndex, confidence)
  }

  #vote(classIndex: number, confidence: number): void {
    const sum = (this.#votes.get(classIndex) ?? 0) + confidence
    this.#votes.set(classIndex, sum)
    if (this.#classIndex === -1 || sum > (this.#votes.get(this.#classIndex) ?? 0)) this.#classIndex = classIndex
  }
}
