import { copyFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../main/base/clock.ts'
import { EngineError, type ErrorCode } from '../../../main/contract/index.ts'
import type { ImportRow } from '../../../main/engine/uploads/import-rows.ts'
import { WaitReasons } from '../../../main/engine/uploads/wait-reasons.ts'
import type { Uploads } from '../../../main/engine/uploads/index.ts'
import { DataFolder } from '../../../main/platform/files/index.ts'
import { FRIDAY } from '../../fixtures/clips.ts'
import { silentLog } from '../../support/log.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** What one import waits for, on a clock and a disk that the test sets. */
async function waitReasons() {
  const folder = await temporaryFolder()
  const file = path.join(folder, 'film.mp4')
  await copyFile(FRIDAY, file)
  const state = { ahead: 0, bytes: 0, hasRoom: true }
  const sessions = {
    partRows: { counts: () => ({ bytes: state.bytes }) },
    space: { hasRoom: () => Promise.resolve(state.hasRoom) },
  }
  const reasons = new WaitReasons({
    ...{ uploads: { sessions } as unknown as Uploads, log: silentLog },
    clock: { ...systemClock, monotonic: () => state.ahead },
    folder: DataFolder.open(path.join(folder, 'data')),
  })
  const row = { id: 'one', path: file, media_id: 'media', size_bytes: 10, status: 'waiting' } as ImportRow
  const fail = (code: ErrorCode): boolean => reasons.record(row, new EngineError(code, 'It failed.'))
  const resolved = () => reasons.recheck(() => row)
  return { reasons, row, state, file, fail, resolved }
}

describe('a failure', () => {
  it.each([
    ['source_missing', 'source'],
    ['storage_full', 'space'],
    ['storage_refused', 'permission'],
  ] as const)('of kind %s is waited out', async (code, waitingFor) => {
    const { reasons, fail } = await waitReasons()
    expect(fail(code)).toBe(true)
    expect(reasons.get('one')?.waitingFor).toBe(waitingFor)
  })

  it.each(['invalid_video', 'source_changed', 'internal', 'truncated_video'] as const)(
    'of kind %s is not',
    async (code) => {
      const { reasons, fail } = await waitReasons()
      expect(fail(code)).toBe(false)
      expect(reasons.get('one')).toBeNull()
    },
  )

  it('is waited out longer each time, up to a minute, and for a second again after a part was stored', async () => {
    const { state, fail, resolved } = await waitReasons()
    const waits: number[] = []
    for (let count = 0; count < 9; count += 1) {
      // Nine different moments of progress would be nine first failures: here it is one and the same.
      expect(fail('storage_full')).toBe(true)
      let waited = 0
      while ((await resolved()).length === 0) {
        state.ahead += 500
        waited += 500
      }
      waits.push(waited)
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
    state.bytes = 10
    fail('storage_full')
    state.ahead += 1000
    expect(await resolved()).toEqual(['one'])
  })

  it('to read a source that is there is waited out five times in a row', async () => {
    const { state, fail } = await waitReasons()
    expect([1, 2, 3, 4, 5, 6].map(() => fail('source_missing'))).toEqual([true, true, true, true, true, false])
    state.bytes = 10
    expect(fail('source_missing')).toBe(true)
  })
})

describe('a wait reason', () => {
  it('is resolved when what was waited for is there again, and not before', async () => {
    const { reasons, state, file, fail, resolved } = await waitReasons()
    fail('source_missing')
    await rm(file)
    state.ahead += 60_000
    expect(await resolved()).toEqual([])
    await copyFile(FRIDAY, file)
    expect(await resolved()).toEqual(['one'])
    expect(reasons.get('one')).toBeNull()
    state.hasRoom = false
    fail('storage_full')
    state.ahead += 60_000
    expect(await resolved()).toEqual([])
    state.hasRoom = true
    expect(await resolved()).toEqual(['one'])
  })

  it('is cleared when the import is stopped, and forgotten with its failures when a person tries again', async () => {
    const { reasons, fail } = await waitReasons()
    for (let count = 0; count < 5; count += 1) fail('source_missing')
    reasons.clear('one')
    expect(reasons.get('one')).toBeNull()
    expect(fail('source_missing')).toBe(false)
    reasons.forget('one')
    expect(fail('source_missing')).toBe(true)
  })
})
