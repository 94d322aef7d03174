import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { ANALYSIS_HEIGHT, ANALYSIS_WIDTH } from '../../../main/engine/scenes/detector.ts'
import { StandardDetector } from '../../../main/engine/scenes/detectors/standard.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Buffers are given back a little after the collection that finds them unused. */
async function settleMemory(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    collectGarbage()
    await pause(50)
  }
}

const FRAME_BYTES = ANALYSIS_WIDTH * ANALYSIS_HEIGHT * 3

it('holds no more of a long stretch of black than of a short one', async () => {
  const detector = new StandardDetector()
  await settleMemory()
  const before = process.memoryUsage().arrayBuffers
  const count = 20_000
  for (let index = 0; index < count; index += 1) {
    detector.process({ index, time: index / 25, pixels: new Uint8Array(FRAME_BYTES).fill(16) })
  }
  await settleMemory()
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan((count / 20) * FRAME_BYTES)
  expect(detector.finish()).toEqual([])
})
