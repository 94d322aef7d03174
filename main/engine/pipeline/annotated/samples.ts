import { colourFor, type FrameIndex, type Roi, type StreamChunk, type StreamTarget } from '../../../contract/index.ts'
import { labelOf } from './label.ts'

/** A target as it is drawn. */
export interface DrawnTarget {
  readonly trackId: number | null
  /** Pixels of the displayed frame. */
  readonly box: Roi
  /** 1 to 8. */
  readonly colour: number
  readonly label: string
}

/** A sampled frame. */
export interface Sample {
  /** When it is shown, on the player's clock. */
  readonly seconds: number
  readonly targets: readonly DrawnTarget[]
}

/** The targets to draw for the events of a stream, in order, in the colours of the window. */
export async function* samplesOf(chunks: AsyncIterable<StreamChunk>, index: FrameIndex): AsyncGenerator<Sample> {
  const colours = new Colours()
  for await (const { stream_info: info, delta, finish_reason: reason } of chunks) {
    if (reason !== null && delta.results.length === 0) continue
    const targets = delta.results.flatMap((result) => result.targets)
    const drawn = colours.of(targets).map(([target, colour]) => ({
      ...{ trackId: target.track_id ?? null, box: target.roi, colour, label: labelOf(target) },
    }))
    yield { seconds: index.timeOf(info.frame_index), targets: drawn }
  }
}

/** As the window assigns them (PI-70): by track, or by class for targets without a track. */
class Colours {
  readonly #tracks = new Map<number, number>()
  readonly #classes = new Map<string, number>()

  of(targets: readonly StreamTarget[]): [StreamTarget, number][] {
    const used = new Set(targets.flatMap(({ track_id: id }) => this.#tracks.get(id ?? 0) ?? []))
    return targets.map((target) => [target, this.#ofTarget(target, used)])
  }

  #ofTarget({ track_id: id, class: name }: StreamTarget, used: Set<number>): number {
    const classIndex = this.#classes.get(name) ?? this.#classes.size
    this.#classes.set(name, classIndex)
    if (id === undefined) return (classIndex % 8) + 1
    const known = this.#tracks.get(id)
    if (known !== undefined) return known
    const colour = colourFor(used, id)
    used.add(colour)
    this.#tracks.set(id, colour)
    return colour
  }
}
