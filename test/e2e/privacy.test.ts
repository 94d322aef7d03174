import { once } from 'node:events'
import fs from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { FRIDAY } from '../fixtures/clips.ts'
import { RAW } from '../support/hostile-names.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'
import { openWindow } from '../support/window.ts'

/** What others of the machine may read; links have no mode. */
async function openToOthers(folder: string): Promise<string[]> {
  const names = await fs.readdir(folder, { recursive: true })
  const found = await Promise.all(
    ['', ...names].map(async (name) => {
      // Chromium renames and deletes its own files all the time.
      const state = await fs.lstat(path.join(folder, name)).catch(() => null)
      return state && !state.isSymbolicLink() && (state.mode & 0o077) !== 0 ? [name] : []
    }),
  )
  return found.flat()
}

describe.skipIf(process.platform === 'win32')('the window', () => {
  it('keeps its library and state private to its user; saved files have the usual mode', async () => {
    const folder = await temporaryFolder()
    const data = path.join(folder, 'library')
    const { app, page } = await openWindow(data)
    expect((await fs.stat(data)).mode & 0o777).toBe(0o700)
    await until('all of it to be closed', async () => (await openToOthers(data)).length === 0)

    const file = path.join(folder, 'saved.json')
    await app.evaluate(({ session }, place) => {
      session.defaultSession.once('will-download', (_event, item) => item.setSavePath(place))
    }, file)
    await page.evaluate(() => {
      const link = document.createElement('a')
      link.href = URL.createObjectURL(new Blob(['{}'], { type: 'application/json' }))
      link.download = 'saved.json'
      link.click()
    })
    const other = path.join(folder, 'other')
    await fs.writeFile(other, '')
    const usual = (await fs.stat(other)).mode
    await until('the saved file', async () => {
      const state = await fs.stat(file).catch(() => null)
      return state !== null && state.size === 2 && state.mode === usual
    })
  })

  it('shows a name that would reverse or hide a part of itself with escapes', async () => {
    const folder = await temporaryFolder()
    const film = path.join(folder, 'gate\u202e4pm.exe\u200b.mp4')
    await fs.copyFile(FRIDAY, film)
    const { page, complaints } = await openWindow(path.join(folder, 'library'), film)
    await page
      .getByText(String.raw`gate\u202e4pm.exe\u200b`)
      .first()
      .waitFor({ timeout: 60_000 })
    const shown = await page.evaluate(() => document.documentElement.outerHTML)
    expect(shown).not.toMatch(RAW)
    expect(complaints).toEqual([])
  })

  it('exits with 1 on an uncaught error and logs it', async () => {
    const data = path.join(await temporaryFolder(), 'library')
    const { app } = await openWindow(data)
    const ended = once(app.process(), 'exit')
    await app.evaluate(
      () =>
        void setTimeout(() => {
          throw new Error('made to fail')
        }, 10),
    )
    expect((await ended)[0]).toBe(1)
    const log = await fs.readFile(path.join(data, 'logs', 'fieldreel.log'), 'utf8')
    const lines = log
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { level: number; err?: { stack: string } })
    const fatal = lines.filter(({ level }) => level === 60)
    expect(fatal.map(({ err }) => err?.stack.split('\n')[0])).toEqual(['Error: made to fail'])
  })
})
