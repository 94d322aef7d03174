import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { compose } from '../../main/compose.ts'
import { createAlbum, deleteAlbum, getAlbum, restoreAlbum } from '../../main/contract/index.ts'
import { RunningClock } from '../../main/engine/running-clock.ts'
import { Settings } from '../../main/platform/settings/index.ts'
import { newDatabase } from '../support/database.ts'
import { ask } from '../support/engine.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE

/** Sets the machine's clock: what was measured in between does not change. */
function setClock(offsetMs: number): void {
  const now = Date.now.bind(Date)
  vi.spyOn(Date, 'now').mockImplementation(() => now() + offsetMs)
  onTestFinished(() => void vi.restoreAllMocks())
}

describe('the clock for undo', () => {
  it('goes on where the last process left it, by the time that passed in each', async () => {
    const settings = new Settings(await newDatabase())
    let elapsed = 5000
    const first = new RunningClock(
      settings,
      () => elapsed,
      () => 1_000_000,
    )
    elapsed += 3 * MINUTE
    expect(first.now()).toBe(1_000_000 + 3 * MINUTE)
    first.save()
    // Another process, whose own counting begins anew, on a machine whose clock was set to another year.
    elapsed = 77
    const second = new RunningClock(
      settings,
      () => elapsed,
      () => 9_000_000_000,
    )
    expect(second.now()).toBe(1_000_000 + 3 * MINUTE)
    elapsed += MINUTE
    expect(second.now()).toBe(1_000_000 + 4 * MINUTE)
  })

  it('begins at the machine’s time in a library that has none', async () => {
    const clock = new RunningClock(
      new Settings(await newDatabase()),
      () => 0,
      () => 123_456,
    )
    expect(clock.now()).toBe(123_456)
  })
})

describe.each([
  ['forward', DAY],
  ['back', -DAY],
])('with the machine’s clock put %s by a day', (_where, offset) => {
  it('a deletion can be undone as before, also after a restart', async () => {
    const data = path.join(await temporaryFolder(), 'data')
    const options = {
      data,
      workersFolder: path.resolve('out/main'),
      version: '0',
      logToStderr: false,
      env: process.env,
    }
    const first = await compose(options)
    onTestFinished(() => first.close())
    const { albumId } = await ask(first, createAlbum, { title: 'Kept' })
    await ask(first, deleteAlbum, { albumId })
    setClock(offset)
    expect(await ask(first, restoreAlbum, { albumId })).toMatchObject({ albumId })
    await ask(first, deleteAlbum, { albumId })
    await first.close()
    // At its start it removes what can no longer be undone.
    const second = await compose(options)
    onTestFinished(() => second.close())
    expect(await ask(second, restoreAlbum, { albumId })).toMatchObject({ albumId })
    expect(await ask(second, getAlbum, { albumId })).toMatchObject({ title: 'Kept' })
  })
})
