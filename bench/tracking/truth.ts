import fs from 'node:fs/promises'
import path from 'node:path'
import type { Labelled } from './idf1.ts'

/** A film whose people were labelled by hand: see the README beside it. */
const FOLDER = path.resolve(import.meta.dirname, '..', '..', 'test', 'fixtures', 'tracking')
export const FILM = path.join(FOLDER, 'pedestrians.mp4')
/** What the models saw in it, see observed.ts. */
export const OBSERVED = path.join(FOLDER, 'observed.br')

/** [frame, left, top, right, bottom], pixels. */
type KeyBox = readonly [number, number, number, number, number]

export interface Truth {
  readonly framesPerSecond: number
  readonly frames: number
  /** For each person the stretches in which they are to be seen, each as boxes at key frames. */
  readonly people: Readonly<Record<string, readonly (readonly KeyBox[])[]>>
}

export async function readTruth(): Promise<Truth> {
  return JSON.parse(await fs.readFile(path.join(FOLDER, 'truth.json'), 'utf8')) as Truth
}

/** @returns who is to be seen in a frame and where; between key frames boxes move and grow evenly. */
export function truthAt(truth: Truth, frame: number): Labelled[] {
  return Object.entries(truth.people).flatMap(([id, stretches]) =>
    stretches.flatMap((keys) => {
      const next = keys.findIndex(([at]) => at >= frame)
      const to = keys[next]
      const from = to?.[0] === frame ? to : keys[next - 1]
      if (!from || !to) return []
      const share = to[0] === from[0] ? 0 : (frame - from[0]) / (to[0] - from[0])
      const side = (index: 1 | 2 | 3 | 4) => from[index] + (to[index] - from[index]) * share
      const [left, top, right, bottom] = [side(1), side(2), side(3), side(4)]
      return [{ id, box: { left, top, width: right - left, height: bottom - top } }]
    }),
  )
}
