import type { Picture } from './picture.ts'

/** The last pictures, found by frame number; older ones are let go. */
export class History {
  readonly #ring: (Picture | undefined)[]

  constructor(private readonly size: number) {
    this.#ring = new Array<Picture | undefined>(size)
  }

  add(picture: Picture): void {
    this.#ring[picture.index % this.size] = picture
  }

  /** The picture of a frame; null before the first frame, past the last, or when it was let go. */
  at(frame: number): Picture | null {
    const picture = frame < 0 ? undefined : this.#ring[frame % this.size]
    return picture?.index === frame ? picture : null
  }
}
