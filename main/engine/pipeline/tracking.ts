import type { Box } from '../models/index.ts'

/** Something seen in one frame. */
export interface Sighting {
  readonly box: Box
  readonly className: string
  readonly confidence: number
}

/** Gives sightings the numbers of the things they show. Deterministic: the same calls give the same numbers. */
export interface Tracker {
  /**
   * @param seconds when the frame is shown; ascending.
   * @param look what a sighting looks like, asked for only where motion alone leaves it open: it costs.
   * @returns for each sighting its track's number, or null when it is not believed to be anything (yet). Numbers are
   * 1, 2, 3… in the order of their first appearance, and never used again.
   */
  follow(
    seconds: number,
    sightings: readonly Sighting[],
    look: (sightings: readonly number[]) => Promise<Float32Array[]>,
  ): Promise<(number | null)[]>
  /** All it knows, as JSON can carry it; a tracker restored from it goes on in the same way. */
  snapshot(): unknown
}
