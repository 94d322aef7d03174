import { copyFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { EngineError, type ErrorCode } from '../../../main/contract/index.ts'
import type { ImportRow } from '../../../main/engine/uploads/import-rows.ts'
import { Obstacles } from '../../../main/engine/uploads/obstacles.ts'
import type { Uploads } from '../../../main/engine/uploads/index.ts'
import { DataFolder } from '../../../main/platform/files/index.ts'
import { FRIDAY } from '../../fixtures/clips.ts'
import { silentLog } from '../../support/log.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

afterEach(() => void vi.restoreAllMocks())

/** Obstacles of one import, on a clock and a disk that the test sets. */
async function obstacles() {
  const folder = await temporaryFolder()
  const file = path.join(folder, 'film.mp4')
  await copyFile(FRIDAY, file)
  const state = { ahead: 0, bytes: 0, hasRoom: true }
  const now = performance.now.bind(performance)
  vi.spyOn(performance, 'now').mockImplementation(() => now() + state.ahead)
  const sessions = { rows: { counts: () => ({ bytes: state.bytes }) }, hasRoom: () => Promise.resolve(state.hasRoom) }
  const met = new Obstacles({
    ...{ uploads: { sessions } as unknown as Uploads, log: silentLog },
    folder: DataFolder.open(path.join(folder, 'data')),
  })
  const row = { id: 'one', path: file, media_id: 'media', size_bytes: 10, status: 'waiting' } as ImportRow
  const meet = (code: ErrorCode): boolean => met.meet(row, new EngineError(code, 'It failed.'))
  const gone = () => met.lookAgain(() => row)
  return { met, row, state, file, meet, gone }
}

describe('a failure', () => {
  it.each([
    ['source_missing', 'source'],
    ['storage_full', 'space'],
    ['storage_refused', 'permission'],
  ] as const)('of kind %s is waited out', async (code, waitingFor) => {
    const { met, meet } = await obstacles()
    expect(meet(code)).toBe(true)
    expect([met.has('one'), met.get('one')?.waitingFor]).toEqual([true, waitingFor])
  })

  it.each(['invalid_video', 'source_changed', 'internal', 'truncated_video'] as const)(
    'of kind %s is not',
    async (code) => {
      const { met, meet } = await obstacles()
      expect(meet(code)).toBe(false)
      expect(met.has('one')).toBe(false)
    },
  )

  it('is waited out longer each time, a minute at most, and from a second on again after a part', async () => {
    const { state, meet, gone } = await obstacles()
    const waits: number[] = []
    for (let count = 0; count < 9; count += 1) {
      // Nine different moments of progress would be nine first failures: here it is one and the same.
      expect(meet('storage_full')).toBe(true)
      let waited = 0
      while ((await gone()).length === 0) {
        state.ahead += 500
        waited += 500
      }
      waits.push(waited)
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
    state.bytes = 10
    meet('storage_full')
    state.ahead += 1000
    expect(await gone()).toEqual(['one'])
  })

  it('to read a source that is there is waited out five times in a row', async () => {
    const { state, meet } = await obstacles()
    expect([1, 2, 3, 4, 5, 6].map(() => meet('source_missing'))).toEqual([true, true, true, true, true, false])
    state.bytes = 10
    expect(meet('source_missing')).toBe(true)
  })
})

describe('an obstacle', () => {
  it('is gone when what was waited for is there again, and not before', async () => {
    const { met, state, file, meet, gone } = await obstacles()
    meet('source_missing')
    await rm(file)
    state.ahead += 60_000
    expect(await gone()).toEqual([])
    await copyFile(FRIDAY, file)
    expect(await gone()).toEqual(['one'])
    expect(met.has('one')).toBe(false)
    state.hasRoom = false
    meet('storage_full')
    state.ahead += 60_000
    expect(await gone()).toEqual([])
    state.hasRoom = true
    expect(await gone()).toEqual(['one'])
  })

  it('is left when the import is held, and forgotten with its failures when a person tries again', async () => {
    const { met, meet } = await obstacles()
    for (let count = 0; count < 5; count += 1) meet('source_missing')
    met.leave('one')
    expect(met.has('one')).toBe(false)
    expect(meet('source_missing')).toBe(false)
    met.forget('one')
    expect(meet('source_missing')).toBe(true)
  })
})
