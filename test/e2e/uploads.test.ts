import { appendFile, copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ElectronApplication, Page } from 'playwright'
import { expect, it, vi } from 'vitest'
import { FLOWER } from '../fixtures/clips.ts'
import { violations } from '../support/axe.ts'
import { cutFilm } from '../support/film.ts'
import { pad } from '../support/padding.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'
import { dropFiles, openWindow } from '../support/window.ts'

/** A film of four scenes, big enough to be met on its way. */
const bigFilm = async (file: string, megabytes: number) => pad(await cutFilm(file), megabytes)

const goToUploads = (page: Page) => page.getByRole('link', { name: /Uploads/ }).click()
const row = (page: Page, filename: string) => page.getByRole('article', { name: filename })

/** The names of the rows from top to bottom. */
const shown = (page: Page) =>
  page.getByRole('article').evaluateAll((rows) => rows.map((one) => one.getAttribute('aria-label')))

/** The whole percent that a row shows after a word. */
async function percentOf(page: Page, filename: string, word: RegExp): Promise<number | null> {
  const text = await row(page, filename)
    .textContent({ timeout: 1000 })
    .catch(() => '')
  const [, percent] = new RegExp(`${word.source}, (\\d+)%`).exec(text ?? '') ?? []
  return percent === undefined ? null : Number(percent)
}

it('pauses a running upload, keeps its parts over a restart, and resumes from there', async () => {
  const folder = await temporaryFolder()
  const data = path.join(folder, 'data')
  const big = await bigFilm(path.join(folder, 'harbour.mp4'), 1500)
  const small = path.join(folder, 'roof.webm')
  await copyFile(FLOWER, small)

  const first = await openWindow(data)
  await first.page.getByText('Drop your footage here').first().waitFor()
  await goToUploads(first.page)
  await dropFiles(first.page, [big, small])
  await until('the upload to be on its way', async () => (await percentOf(first.page, 'harbour.mp4', /Uploading/)) ?? 0)
  await row(first.page, 'harbour.mp4').getByRole('button', { name: 'Pause harbour.mp4' }).click()
  await until('what is kept', () => percentOf(first.page, 'harbour.mp4', /Paused/))
  // The parts that were on their way are kept as well.
  await pause(2000)
  const kept = (await percentOf(first.page, 'harbour.mp4', /Paused/)) ?? 0
  expect(kept).toBeGreaterThan(0)
  expect(kept).toBeLessThan(100)
  // The other one is not held with it.
  await row(first.page, 'roof.webm').filter({ hasText: 'Ready' }).waitFor({ timeout: 60_000 })
  expect(await percentOf(first.page, 'harbour.mp4', /Paused/)).toBe(kept)
  expect(first.complaints).toEqual([])
  await first.close()

  const second = await openWindow(data)
  const { page } = second
  await goToUploads(page)
  expect(await until('what was kept', () => percentOf(page, 'harbour.mp4', /Paused/))).toBe(kept)
  await pause(1500)
  expect(await percentOf(page, 'harbour.mp4', /Paused/)).toBe(kept)
  await page.getByRole('region', { name: 'All uploads' }).getByText('Paused').waitFor()

  // Space does what the button does.
  await row(page, 'harbour.mp4').focus()
  await page.keyboard.press('Space')
  const seen: number[] = []
  await until(
    'the rest to be copied',
    async () => {
      const percent = await percentOf(page, 'harbour.mp4', /Uploading/)
      if (percent !== null) seen.push(percent)
      return (await row(page, 'harbour.mp4').getByText('Ready').count()) > 0
    },
    90_000,
  )
  // Nothing was copied twice: it never showed less than it had kept.
  expect(seen).not.toEqual([])
  expect(Math.min(...seen)).toBeGreaterThanOrEqual(kept)
  expect(second.complaints).toEqual([])
})

it('pauses all, reorders the queue by hand and by keys, and imports in that order', async () => {
  // Copying takes a while: there is time to pause, and to see which come first.
  vi.stubEnv('FIELDREEL_SLOW_PARTS', '400')
  const folder = await temporaryFolder()
  const data = path.join(folder, 'data')
  const sizes = { 'a.mp4': 300, 'b.mp4': 301, 'c.mp4': 60, 'd.mp4': 61 }
  const names = Object.keys(sizes)
  const files: string[] = []
  // Of different sizes: equal ones would be compared before they are copied.
  for (const [name, megabytes] of Object.entries(sizes)) files.push(await bigFilm(path.join(folder, name), megabytes))

  const first = await openWindow(data)
  const { page } = first
  await page.getByText('Drop your footage here').first().waitFor()
  await goToUploads(page)
  await dropFiles(page, files)
  await page.getByRole('button', { name: 'Pause all' }).click()
  const rows = page.getByRole('article')
  await until('all to be held', async () => (await rows.filter({ hasText: 'Paused' }).count()) === names.length)
  expect(await shown(page)).toEqual(names)
  expect(await violations(page)).toEqual([])

  // By keys, and the row keeps the keyboard.
  await row(page, 'd.mp4').focus()
  await page.keyboard.press('Alt+ArrowUp')
  await page.keyboard.press('Alt+ArrowUp')
  await until('d to have moved up', async () => (await shown(page)).join() === 'a.mp4,d.mp4,b.mp4,c.mp4')
  await page.getByText('d.mp4 is now 2 of 4 in the queue.').waitFor()
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('d.mp4')

  // By the menu.
  await row(page, 'b.mp4').getByRole('button', { name: 'Queue position of b.mp4' }).click()
  await page.getByRole('menuitem', { name: 'Move to top' }).click()
  await until('b to be on top', async () => (await shown(page)).join() === 'b.mp4,a.mp4,d.mp4,c.mp4')

  // By hand: the last one onto the first.
  const [from, to] = await Promise.all([row(page, 'c.mp4').boundingBox(), row(page, 'b.mp4').boundingBox()])
  if (!from || !to) throw new Error('The rows are not in sight.')
  const x = from.x - 12
  await page.mouse.move(x, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(x, from.y, { steps: 4 })
  await page.mouse.move(x, to.y + to.height / 2 - 4, { steps: 8 })
  await pause(200)
  await page.mouse.up()
  const order = ['c.mp4', 'b.mp4', 'a.mp4', 'd.mp4']
  await until('c to be on top', async () => (await shown(page)).join() === order.join())
  expect(first.complaints).toEqual([])
  await first.close()

  const second = await openWindow(data)
  await goToUploads(second.page)
  await until('the order to be there again', async () => (await shown(second.page)).join() === order.join())
  await second.page.getByRole('button', { name: 'Resume all' }).waitFor()
  await second.page.keyboard.press('Control+k')
  await second.page.keyboard.type('resume all')
  await second.page.keyboard.press('Enter')
  await second.page.getByText('Resumed 4 uploads.').waitFor()
  // All are taken, in their order: four go at a time.
  await until('the first of the line to be taken', async () => (await shown(second.page)).join() === order.join())
  const started = await until('four to be on their way', async () => {
    const running = second.page.locator('article:is([data-stage=uploading], [data-stage=checking])')
    const taken = await running.evaluateAll((some) => some.map((one) => one.getAttribute('aria-label')))
    return taken.length === 4 && taken
  })
  expect(started).toEqual(order)
  for (const name of names) {
    await row(second.page, name).getByText('Ready').waitFor({ timeout: 90_000 })
  }
  // Delete clears the row, and the keyboard goes on with the next.
  const [above, gone] = (await shown(second.page)).slice(-2) as [string, string]
  await row(second.page, gone).focus()
  await second.page.keyboard.press('Delete')
  await row(second.page, gone).waitFor({ state: 'detached' })
  expect(await second.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(above)
  // The user resumed them, not the start.
  expect(await second.page.getByText('Picked up where it stopped.').count()).toBe(0)
  await second.page.getByRole('button', { name: 'Clear finished' }).click()
  await second.page.getByText('No uploads').waitFor()
  expect(second.complaints).toEqual([])
})

it('waits for a card that is pulled out in the middle, says so, and goes on by itself when it is back', async () => {
  const folder = await temporaryFolder()
  const [card, out] = [path.join(folder, 'GOPRO'), path.join(folder, 'pulled out')]
  await mkdir(card)
  const file = await bigFilm(path.join(card, 'GX010416.mp4'), 600)
  const { page, complaints } = await openWindow(path.join(folder, 'data'))
  await page.getByText('Drop your footage here').first().waitFor()
  await goToUploads(page)
  await dropFiles(page, [file])
  const one = row(page, 'GX010416.mp4')
  await until('it to be on its way', async () => (await percentOf(page, 'GX010416.mp4', /Uploading/)) ?? 0)
  await rename(card, out)
  await one.getByText(/goes on by itself|continues/).waitFor({ timeout: 30_000 })
  const kept = Number(/(\d+)%/.exec((await one.textContent()) ?? '')?.[1])
  expect(kept).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Needs you 1' }).click()
  expect(await shown(page)).toEqual(['GX010416.mp4'])
  await page.getByRole('region', { name: 'All uploads' }).getByText('1 needs you').waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'All 1' }).click()

  await rename(out, card)
  const seen: number[] = []
  await until(
    'the rest to be copied',
    async () => {
      const percent = await percentOf(page, 'GX010416.mp4', /Uploading/)
      if (percent !== null) seen.push(percent)
      return (await one.getByText('Ready').count()) > 0
    },
    90_000,
  )
  expect(seen).not.toEqual([])
  expect(Math.min(...seen)).toBeGreaterThanOrEqual(kept)
  expect(complaints).toEqual([])
})

it('imports what is put into a watched folder, and never half a file', async () => {
  const folder = await temporaryFolder()
  const card = path.join(folder, 'card')
  await mkdir(card)
  const film = await readFile(await cutFilm(path.join(folder, 'film.mp4')))
  const { app, page, complaints } = await openWindow(path.join(folder, 'data'))
  await page.getByText('Drop your footage here').first().waitFor()
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByRole('link', { name: 'Watched folders' }).click()
  await page.getByText('No watched folders yet').waitFor()
  await chooses(app, card)
  await page.getByRole('button', { name: 'Add folder…' }).click()
  const folders = page.getByRole('list', { name: 'Watched folders' })
  await folders.getByText('Nothing imported yet').waitFor()

  // Half of it, and then nothing for longer than a file has to lie still.
  const copy = path.join(card, 'East gate.mp4')
  await writeFile(copy, film.subarray(0, film.length / 2))
  await folders.getByText('1 file still being copied').waitFor({ timeout: 20_000 })
  await pause(9000)
  expect(await folders.textContent()).toContain('Nothing imported yet, 1 file still being copied')
  expect(await violations(page)).toEqual([])

  await appendFile(copy, film.subarray(film.length / 2))
  await folders.getByText('1 video imported').waitFor({ timeout: 30_000 })
  await page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('link', { name: /Library/ })
    .click()
  await page.getByText('4 scenes').first().waitFor({ timeout: 60_000 })
  await page.getByText('East gate', { exact: true }).first().waitFor()

  // Taken off the list, and put back by the way back.
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByRole('button', { name: `Remove ${card}` }).click()
  await page.getByText('No watched folders yet').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await folders.getByText(card).waitFor()
  expect(complaints).toEqual([])
})

/** What somebody chooses in the system's dialog, which no test can press. */
async function chooses(app: ElectronApplication, folder: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, folder)
}
