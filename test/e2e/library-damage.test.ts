import fs from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { openEngine } from '../support/engine.ts'
import { addFilm, flipBit, type KeptFilm, objectFile } from '../support/kept-library.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'
import { openWindow } from '../support/window.ts'

const TITLES = ['East gate site walk', 'Culvert dive, north face']
/** Room for a machine that is busy, in milliseconds. */
const PATIENCE = { timeout: 30_000 }

/** A library of two films that nobody has open. */
async function makeLibrary(): Promise<{ data: string; films: KeptFilm[] }> {
  const data = path.join(await temporaryFolder(), 'data')
  const engine = await openEngine(data)
  const films: KeptFilm[] = []
  for (const [seed, title] of TITLES.entries()) films.push(await addFilm(engine, { seed: seed + 1, title }))
  await engine.close()
  return { data, films }
}

async function deleteDatabase(data: string): Promise<void> {
  for (const name of await fs.readdir(data)) {
    if (name.startsWith('fieldreel.db')) await fs.rm(path.join(data, name))
  }
  await fs.rm(path.join(data, 'snapshots'), { recursive: true, force: true })
}

async function openLibrarySettings(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Library' }).click()
}

const card = (page: Page, title: string) => page.getByRole('main').getByText(title, { exact: true }).first()

it('a library whose database was deleted asks, and Rebuild brings every film back with its title', async () => {
  const { data } = await makeLibrary()
  await deleteDatabase(data)
  const { page, complaints } = await openWindow(data)
  const banner = page.getByRole('region', { name: '2 videos in this folder are not in the library' })
  await banner.waitFor(PATIENCE)
  for (const title of TITLES) expect(await card(page, title).count()).toBe(0)
  await banner.getByRole('button', { name: 'Rebuild' }).click()
  await page.getByText('Rebuilt the library: 2 videos restored.').waitFor(PATIENCE)
  for (const title of TITLES) await card(page, title).waitFor()
  await banner.waitFor({ state: 'hidden' })
  await openLibrarySettings(page)
  await page.getByText(/Rebuilt on .*: 2 videos restored\./).waitFor()
  expect(complaints).toEqual([])
})

it('a film that is damaged does not come back, and the rebuild says so and why', async () => {
  const { data, films } = await makeLibrary()
  await deleteDatabase(data)
  await flipBit(objectFile(data, films[0]!.sha256), 5_000)
  const { page } = await openWindow(data)
  await page.getByRole('button', { name: 'Rebuild' }).click()
  await page.getByText('Rebuilt the library: 1 video restored, 1 item could not be restored.').waitFor(PATIENCE)
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  const found = page.getByRole('list', { name: 'Rebuild results' }).getByRole('listitem')
  await found.waitFor()
  expect(await found.innerText()).toContain(
    `${TITLES[0]}\nThe video file is damaged.\nThe file has changed since it was stored`,
  )
})

it('footage put aside by the user stays in quarantine: one is restored, one deleted after a question', async () => {
  const { data, films } = await makeLibrary()
  await deleteDatabase(data)
  const { page } = await openWindow(data)
  await page.getByRole('button', { name: 'Start empty' }).click(PATIENCE)
  await page.getByText('Moved 2 videos to quarantine. Nothing was deleted.').waitFor(PATIENCE)
  await openLibrarySettings(page)
  await page.getByRole('button', { name: `Restore ${TITLES[0]}` }).click()
  await page.getByText(`Restored “${TITLES[0]}”.`).waitFor(PATIENCE)
  await page.getByRole('button', { name: `Delete ${TITLES[1]} permanently` }).click()
  const kept = async () => (await fs.readdir(path.join(data, 'quarantine'), { recursive: true })).join('\n')
  expect(await kept()).toContain(films[1]!.sha256)
  await page.getByRole('dialog').getByRole('button', { name: 'Delete permanently' }).click()
  await page.getByText(`Deleted “${TITLES[1]}” permanently.`).waitFor(PATIENCE)
  await page.getByText('Empty. No unused files were found.').waitFor()
  expect(await kept()).not.toContain(films[1]!.sha256)
  await page
    .getByRole('link', { name: /^Library/ })
    .first()
    .click()
  await card(page, TITLES[0]!).waitFor()
  expect(await card(page, TITLES[1]!).count()).toBe(0)
})

it('a verify names the film with a flipped bit, and importing the same file again heals it', async () => {
  const { data, films } = await makeLibrary()
  await flipBit(objectFile(data, films[0]!.sha256), 5_000, { keepTimes: true })
  const { page, app } = await openWindow(data)
  await openLibrarySettings(page)
  await page.getByText('Not verified yet').waitFor()
  await page.getByRole('button', { name: 'Verify now' }).click()
  await page.getByText('1 problem needs you').waitFor(PATIENCE)
  const found = page.getByRole('list', { name: 'Verification results' }).getByRole('listitem')
  const damaged = found.filter({ hasText: 'The video file is damaged.' })
  expect(await damaged.count()).toBe(1)
  expect(await damaged.innerText()).toContain(`${TITLES[0]}\n`)
  expect(await damaged.innerText()).toContain(films[0]!.sha256)

  await app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] })
  }, films[0]!.file)
  await page.getByRole('button', { name: `Import again: ${TITLES[0]}` }).click()
  const isHealed = async () => (await fs.readFile(objectFile(data, films[0]!.sha256))).equals(films[0]!.bytes)
  await until('the good bytes to take the place', isHealed, 30_000)
  await page.getByRole('button', { name: 'Verify now' }).click()
  await damaged.waitFor({ state: 'hidden', ...PATIENCE })
})

it.skipIf(process.platform === 'win32')(
  'a library folder that goes away is told across the window until it is back',
  async () => {
    const { data } = await makeLibrary()
    const { page, complaints } = await openWindow(data)
    await card(page, TITLES[0]!).waitFor()
    const notice = page.getByRole('alert').filter({ hasText: 'The library folder is missing' })
    await fs.rename(data, `${data}-away`)
    await notice.waitFor(PATIENCE)
    expect(await notice.innerText()).toContain(data)
    await page.getByRole('link', { name: 'Settings', exact: true }).click()
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
    expect(await notice.isVisible()).toBe(true)
    await expect(fs.readdir(data)).rejects.toThrow('ENOENT') // Nothing takes its place.
    await fs.rename(`${data}-away`, data)
    await notice.waitFor({ state: 'hidden', ...PATIENCE })
    await page
      .getByRole('link', { name: /^Library/ })
      .first()
      .click()
    await card(page, TITLES[0]!).waitFor()
    expect(complaints).toEqual([])
  },
)
