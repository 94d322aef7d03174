import { readObserved } from '../../../../bench/tracking/observed.ts'
import { OBSERVED, readTruth, truthAt } from '../../../../bench/tracking/truth.ts'
import type { Detection } from '../../../../main/engine/models/index.ts'
import type { Tracker } from '../../../../main/engine/pipeline/tracker/index.ts'
import { overlap } from '../../../../main/engine/models/index.ts'

/** A thing, and the middle of its box at a time; null while it is hidden. */
export interface Thing {
  readonly name: string
  /** Whose embeddings it has. */
  readonly person: Person
  readonly where: (seconds: number) => { x: number; y: number } | null
  readonly size?: readonly [width: number, height: number]
  readonly className?: (seconds: number) => string
  readonly confidence?: (seconds: number) => number
}

/** Seconds, a frame each. */
export function times(from: number, to: number, framesPerSecond: number): number[] {
  const count = Math.round((to - from) * framesPerSecond)
  return Array.from({ length: count }, (_, frame) => from + frame / framesPerSecond)
}

/** People of the labelled film. */
export const PEOPLE = [
  'woman in red',
  'man in a black coat',
  'man in a red and blue jacket',
  'bald man in jeans and a dark jacket',
  'blonde woman in a black coat',
  'man in jeans and a short dark jacket',
  'man in black with papers',
] as const
export type Person = (typeof PEOPLE)[number]

const embeddings = await readEmbeddings()

/** A real embedding of a person, another one at each time. */
export function vectorOf(person: Person, seconds: number): Float32Array {
  const all = embeddings.get(person) ?? []
  return all[Math.round(seconds * 10) % all.length]!
}

/** The vectors of each person of the labelled film, where nobody else is near. */
async function readEmbeddings(): Promise<Map<string | number, Float32Array[]>> {
  const truth = await readTruth()
  const vectors = new Map<string | number, Float32Array[]>()
  for (const { frame, detections, vectors: seenThere } of await readObserved(OBSERVED)) {
    const here = truthAt(truth, frame)
    for (const { id, box } of here) {
      const alone = here.every((other) => other.id === id || overlap(other.box, box) === 0)
      const vector = seenThere[detections.findIndex((detection) => overlap(detection.box, box) > 0.6)]
      if (alone && vector) vectors.set(id, [...(vectors.get(id) ?? []), vector])
    }
  }
  return vectors
}

/** The detections of things at a time. */
export function seen(things: readonly Thing[], seconds: number) {
  return things.flatMap((thing) => {
    const middle = thing.where(seconds)
    if (middle === null) return []
    const [width, height] = thing.size ?? [40, 100]
    const detection: Detection = {
      box: { left: middle.x - width / 2, top: middle.y - height / 2, width, height },
      className: thing.className?.(seconds) ?? 'person',
      confidence: thing.confidence?.(seconds) ?? 0.8,
    }
    return [{ thing, detection }]
  })
}

export interface TrackedThings {
  /** The ids that each thing was given, one after the other, without repetitions. */
  readonly ids: Readonly<Record<string, (number | null)[]>>
  /** In the order of their first appearance. */
  readonly order: number[]
  /** For how many detections an embedding was computed. */
  readonly embedded: number
}

export async function trackThings(
  tracker: Tracker,
  things: readonly Thing[],
  seconds: readonly number[],
): Promise<TrackedThings> {
  const ids: Record<string, (number | null)[]> = {}
  const order = new Set<number>()
  let embedded = 0
  for (const now of seconds) {
    const here = seen(things, now)
    const given = await tracker.track(
      now,
      here.map(({ detection }) => detection),
      async (positions) => {
        embedded += positions.length
        return positions.map((position) => vectorOf(here[position]!.thing.person, now))
      },
    )
    for (const [index, { thing }] of here.entries()) {
      const id = given[index]!
      const known = (ids[thing.name] ??= [])
      if (known.at(-1) !== id) known.push(id)
      if (id !== null) order.add(id)
    }
  }
  return { ids, order: [...order], embedded }
}
