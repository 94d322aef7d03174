import type { Tracker } from '../../main/engine/pipeline/tracker/index.ts'
import { type IdentityScore, type Labelled, scoreIdentities } from './idf1.ts'
import type { Observed } from './observed.ts'
import { type Truth, truthAt } from './truth.ts'

export interface Replay extends IdentityScore {
  /** Detections looked at, of those that were sure enough to be something by themselves. */
  readonly embedded: number
  readonly detections: number
  readonly millisecondsPerFrame: number
}

/** Follows what was observed in every so-manieth frame, and scores it. */
export async function replay(
  tracker: Tracker,
  observed: readonly Observed[],
  truth: Truth,
  framesPerSecond: number,
): Promise<Replay> {
  const step = truth.framesPerSecond / framesPerSecond
  const sampled = observed.filter(({ frame }) => frame % step === 0)
  const found: Labelled[][] = []
  let embedded = 0
  let milliseconds = 0
  for (const { frame, detections, vectors } of sampled) {
    const started = performance.now()
    const ids = await tracker.track(frame / truth.framesPerSecond, detections, async (positions) => {
      embedded += positions.length
      return positions.map((position) => vectors[position] ?? new Float32Array(1))
    })
    milliseconds += performance.now() - started
    found.push(
      detections.flatMap(({ box }, index) => {
        const id = ids[index] ?? null
        return id === null ? [] : [{ id, box }]
      }),
    )
  }
  return {
    ...scoreIdentities(sampled.map(({ frame }) => truthAt(truth, frame)), found), // prettier-ignore
    embedded,
    detections: sampled.reduce((sum, { vectors }) => sum + vectors.filter((vector) => vector !== null).length, 0),
    millisecondsPerFrame: milliseconds / sampled.length,
  }
}
