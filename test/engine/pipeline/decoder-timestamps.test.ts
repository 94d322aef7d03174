import { appendFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { DecoderTimestamps } from '../../../main/engine/pipeline/decoder-timestamps.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const HEAD = '#software: Lavf\n#tb 0: 1/1000000\n#dimensions 0: 2x2\n'
const line = (frame: number) => `0, ${frame * 40_000}, ${frame * 40_000}, 1, 12, 0x00000000\n`

it('gives each picture its time, for many readers at once and a slowly growing file', async () => {
  const file = path.join(await temporaryFolder(), 'times')
  const all = HEAD + Array.from({ length: 200 }, (_, frame) => line(frame)).join('')
  await writeFile(file, all.slice(0, 1001))
  const times = new DecoderTimestamps(file)
  const asked = Promise.all(Array.from({ length: 200 }, (_, position) => times.of(position)))
  for (let at = 1001; at < all.length; at += 1777) await appendFile(file, all.slice(at, at + 1777))
  const told = await asked
  expect(told.map((seconds) => Math.round(seconds * 25))).toEqual(Array.from({ length: 200 }, (_, frame) => frame))
  await times.close()
})
