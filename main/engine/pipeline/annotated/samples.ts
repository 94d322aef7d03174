import { colourFor, type FrameIndex, type Roi, type StreamChunk, type StreamTarget } from '../../../contract/index.ts'
import { labelOf } from './label.ts'

/** A target as it is drawn. */
export interface Drawn {
  readonly trackId: number | null
  /** Pixels of the displayed picture. */
  readonly box: Roi
  /** 1 to 8. */
  readonly colour: number
  readonly label: string
}

/** A frame that was looked at. */
export interface Sample {
  /** When it is shown, on the player's clock. */
  readonly seconds: number
  readonly targets: readonly Drawn[]
}

/** What the events of a stream tell to draw, in order, in the colours that the window gives them. */
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

/** As the window's record of a task gives them: by track, or by class for what has no track. */
class Colours {
  readonly #tracks = new Map<number, number>()
  readonly #classes = new Map<string, number>()

  of(targets: readonly StreamTarget[]): [StreamTarget, number][] {
    const held = new Set(targets.flatMap(({ track_id: id }) => this.#tracks.get(id ?? 0) ?? []))
    return targets.map((target) => [target, this.#ofTarget(target, held)])
  }

  #ofTarget({ track_id: id, class: name }: StreamTarget, held: Set<number>): number {
    const classIndex = this.#classes.get(name) ?? this.#classes.size
    this.#classes.set(name, classIndex)
    if (id === undefined) return (classIndex % 8) + 1
    const known = this.#tracks.get(id)
    if (known !== undefined) return known
    const colour = colourFor(held, id)
    held.add(colour)
    this.#tracks.set(id, colour)
    return colour
  }
}
