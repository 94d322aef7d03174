import fs from 'node:fs/promises'
import zlib from 'node:zlib'
import type { Detection } from '../../main/engine/models/index.ts'

/** What the models saw in one frame. A vector is null where it was not kept. */
export interface Observed {
  readonly frame: number
  readonly detections: readonly Detection[]
  readonly vectors: readonly (Float32Array | null)[]
}

/** Features are small and mostly near zero: seven steps of their root are enough to tell people apart as before. */
const STEPS = 7
const DIMENSIONS = 1792
/** One line for each detection: frame, left, top, width, height, confidence, the vector's largest value (0: none). */
const FIELDS = 7

/**
 * What was observed in few bytes: boxes to a quarter pixel, vectors in three bits a value, compressed. Only people's.
 */
export async function writeObserved(file: string, observed: readonly Observed[]): Promise<void> {
  const lines = observed.flatMap(({ frame, detections, vectors }) =>
    detections.map((detection, index) => ({ frame, detection, vector: vectors[index] ?? null })),
  )
  const head = Float32Array.from(
    lines.flatMap(({ frame, detection: { box, confidence }, vector }) => {
      const sides = [box.left, box.top, box.width, box.height].map((value) => Math.round(value * 4) / 4)
      return [frame, ...sides, Math.round(confidence * 1000) / 1000, vector === null ? 0 : Math.max(...vector)]
    }),
  )
  const steps = lines.flatMap(({ vector }) => {
    if (vector === null) return []
    const most = Math.max(...vector)
    return [Uint8Array.from(vector, (value) => Math.round(Math.sqrt(Math.max(0, value) / most) * STEPS))]
  })
  const counts = Uint32Array.of(observed.length, lines.length)
  const bytes = Buffer.concat([counts, head, ...steps].map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength))) // prettier-ignore
  await fs.writeFile(file, zlib.brotliCompressSync(bytes))
}

export async function readObserved(file: string): Promise<Observed[]> {
  const packed = zlib.brotliDecompressSync(await fs.readFile(file))
  const bytes = packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.byteLength)
  const [frames = 0, count = 0] = new Uint32Array(bytes, 0, 2)
  const head = new Float32Array(bytes, 8, count * FIELDS)
  const observed = Array.from({ length: frames }, (_, frame) => ({
    frame,
    detections: [] as Detection[],
    vectors: [] as (Float32Array | null)[],
  }))
  let offset = 8 + head.byteLength
  for (let line = 0; line < count; line++) {
    const [frame = 0, left = 0, top = 0, width = 0, height = 0, confidence = 0, most = 0] = head.subarray(line * FIELDS)
    const here = observed[frame]
    here?.detections.push({ box: { left, top, width, height }, className: 'person', confidence })
    here?.vectors.push(most === 0 ? null : spread(new Uint8Array(bytes, offset, DIMENSIONS), most))
    if (most > 0) offset += DIMENSIONS
  }
  return observed
}

function spread(steps: Uint8Array, most: number): Float32Array {
  return Float32Array.from(steps, (step) => (step / STEPS) ** 2 * most)
}
