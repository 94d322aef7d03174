import path from 'node:path'
import type { ElectronApplication, Locator, Page } from 'playwright'
import { expect, it } from 'vitest'
import { FRIDAY } from '../fixtures/clips.ts'
import { violations } from '../support/axe.ts'
import { cutFilm } from '../support/film.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'
import { openWindow } from '../support/window.ts'

/** Opens a library of one film of four scenes and one clip of one. */
async function openLibrary(data: string, folder: string) {
  const film = await cutFilm(path.join(folder, 'Gate.mp4'))
  const opened = await openWindow(data, film, FRIDAY)
  opened.page.setDefaultTimeout(20_000)
  await opened.page.getByText('4 scenes').first().waitFor({ timeout: 60_000 })
  await opened.page.getByText('1 scene', { exact: true }).first().waitFor({ timeout: 60_000 })
  return opened
}

const inRail = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name })

const cards = (page: Page) => page.getByRole('grid', { name: 'Items' }).locator('[data-card]')

/** What stands below the items, in their order. */
const words = (page: Page) =>
  cards(page).evaluateAll((all) => all.map((card) => card.querySelector('button')?.textContent ?? ''))

async function becomes(page: Page, expected: readonly string[]): Promise<void> {
  let seen: string[] = []
  await until(`the order ${expected.join()}`, async () => {
    seen = await words(page)
    return seen.join() === expected.join()
  }).catch(() => expect(seen).toEqual(expected))
}

async function makeAlbum(page: Page, title: string): Promise<void> {
  await inRail(page, /^Albums/).click()
  await page.getByRole('button', { name: 'New album' }).first().waitFor()
  await page.keyboard.press('n')
  await page.getByLabel('Title').fill(title)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: title }).waitFor()
}

/** Puts both videos into the album on screen, and then the pictures of the first two scenes of the film. */
async function fill(page: Page): Promise<void> {
  const pane = page.getByRole('complementary', { name: 'Add from library' })
  await pane.getByRole('button', { name: 'Add Gate' }).click()
  await pane.getByRole('button', { name: 'Add friday' }).click()
  await pane.getByRole('button', { name: /4 scenes/ }).click()
  const pictures = pane.getByRole('button', { name: /^Add the picture of Gate/ })
  await pictures.first().click()
  await until('the first photo', async () => (await cards(page).count()) === 3)
  await pictures.first().click()
  await until('the second photo', async () => (await cards(page).count()) === 4)
  await pane.getByRole('button', { name: 'Hide the library' }).click()
}

/** Drags by the mouse, with the browser's own drag, to a point of another element. */
async function drag(page: Page, from: Locator, to: Locator, position: { x: number; y: number }): Promise<void> {
  await from.dragTo(to, { sourcePosition: { x: 60, y: 40 }, targetPosition: position })
  await page.mouse.move(5, 5)
}

/** Keeps addresses that a browser would be opened with, and opens none. */
async function catchBrowser(app: ElectronApplication): Promise<() => Promise<string[]>> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = (url) => Promise.resolve(void opened.push(url))
  })
  return () => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)
}

const look = async (page: Page) => {
  // A name that is shown while the pointer rests lies outside all landmarks.
  await page.mouse.move(5, 5)
  // What fades in is judged when it is there.
  await page.waitForTimeout(400)
  return await violations(page)
}

it('puts videos and photos into an album, in an order and with captions that stay', async () => {
  const folder = await temporaryFolder()
  const data = path.join(folder, 'data')
  const first = await openLibrary(data, folder)
  const { page } = first
  const found: Record<string, string[]> = {}

  await inRail(page, /^Albums/).click()
  await page.getByText('Collect videos and photos to share').waitFor()
  found['no albums'] = await look(page)
  await makeAlbum(page, 'Handover')
  found['empty album'] = await look(page)
  await fill(page)
  await becomes(page, ['Gate', 'friday', 'Gate', 'Gate'])

  // By the mouse: the first card goes behind the second, by its right half.
  const { width = 0 } = (await cards(page).nth(1).boundingBox()) ?? {}
  await drag(page, cards(page).nth(0), cards(page).nth(1), { x: width - 20, y: 40 })
  await becomes(page, ['friday', 'Gate', 'Gate', 'Gate'])
  // By the keyboard: it keeps the card that moves.
  await cards(page).nth(0).focus()
  await page.keyboard.press('Alt+End')
  await becomes(page, ['Gate', 'Gate', 'Gate', 'friday'])
  await page.keyboard.press('Alt+ArrowLeft')
  await becomes(page, ['Gate', 'Gate', 'friday', 'Gate'])
  expect(await page.evaluate(() => document.activeElement?.querySelector('button')?.textContent)).toBe('friday')
  await page.keyboard.press('Control+z')
  await becomes(page, ['Gate', 'Gate', 'Gate', 'friday'])

  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'Caption of friday' }).fill('Past the assembly sign')
  await page.keyboard.press('Enter')
  await becomes(page, ['Gate', 'Gate', 'Gate', 'Past the assembly sign'])
  await page.keyboard.press('Space')
  await page.keyboard.press('Shift+ArrowLeft')
  await page.getByRole('toolbar', { name: 'Selected items' }).getByText('2 selected').waitFor()
  found['album'] = await look(page)
  await page.keyboard.press('Delete')
  await becomes(page, ['Gate', 'Gate'])
  await page.getByText('Removed 2 items from this album.').waitFor()
  await page.keyboard.press('Control+z')
  await becomes(page, ['Gate', 'Gate', 'Gate', 'Past the assembly sign'])

  // From the library: onto the album in the rail, which has it; then with the keyboard, into a new one.
  await makeAlbum(page, 'Night shift')
  await inRail(page, /^Library/).click()
  await drag(page, page.getByRole('gridcell', { name: /friday/ }), inRail(page, /Night shift/), { x: 60, y: 10 })
  await page.getByText('Added “friday” to “Night shift”.').waitFor()
  await drag(page, page.getByRole('gridcell', { name: /friday/ }), inRail(page, /Handover/), { x: 60, y: 10 })
  await page.getByText('“friday” is in “Handover” already.').waitFor()
  await page.getByRole('gridcell', { name: /Gate/ }).focus()
  await page.keyboard.press('Shift+A')
  await page
    .getByRole('combobox', { name: 'Album' })
    .or(page.getByRole('textbox', { name: 'Album' }))
    .fill('Best of')
  found['picker'] = await look(page)
  await page.keyboard.press('Enter')
  await page.getByText('Added “Gate” to “Best of”.').waitFor()
  await inRail(page, /Best of/).waitFor()
  expect(first.complaints).toEqual([])
  await first.close()

  const second = await openWindow(data)
  await second.page.evaluate(() => localStorage.setItem('mantine-color-scheme-value', 'light'))
  await second.page.reload()
  await inRail(second.page, /^Albums/).click()
  await second.page.getByText('4 items').waitFor()
  found['albums in light'] = await look(second.page)
  await second.page.getByRole('gridcell', { name: /Handover/ }).click()
  await becomes(second.page, ['Gate', 'Gate', 'Gate', 'Past the assembly sign'])
  found['album in light'] = await look(second.page)

  // A video that leaves the library leaves the albums, and comes back with it.
  await inRail(second.page, /^Library/).click()
  await second.page.getByRole('gridcell', { name: /friday/ }).focus()
  await second.page.keyboard.press('Delete')
  await inRail(second.page, /Handover/)
    .getByText('3', { exact: true })
    .waitFor()
  await second.page.keyboard.press('Control+z')
  await inRail(second.page, /Handover/)
    .getByText('4', { exact: true })
    .waitFor()
  expect(Object.fromEntries(Object.entries(found).filter(([, wrong]) => wrong.length > 0))).toEqual({})
  expect(second.complaints).toEqual([])
}, 240_000)

it('shows an album full screen, shares it by a link, and brings it back after it was deleted', async () => {
  const folder = await temporaryFolder()
  const { app, page, complaints } = await openLibrary(path.join(folder, 'data'), folder)
  const opened = await catchBrowser(app)
  // Another program may have the usual port.
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByLabel('Port').fill('0')
  await page.getByLabel('Port').blur()
  await makeAlbum(page, 'Handover')
  await fill(page)

  await page.keyboard.press('p')
  const show = page.getByRole('dialog', { name: 'Slideshow of Handover' })
  await show.getByText('1 / 4').waitFor()
  const time = () => page.evaluate(() => document.querySelector('video')?.currentTime ?? 0)
  await until('the video to play', async () => (await time()) > 0.3)
  await page.keyboard.press('Space')
  await until('it to pause', () => page.evaluate(() => document.querySelector('video')?.paused))
  expect(await look(page)).toEqual([])
  await page.keyboard.press('ArrowRight')
  await show.getByText('2 / 4').waitFor()
  await page.keyboard.press('ArrowRight')
  await show.getByText('3 / 4').waitFor()
  await until('the photo', () => page.evaluate(() => document.querySelector('[role="dialog"] img')?.clientWidth))
  // Photos pass by themselves, and after the last one it stops.
  await page.keyboard.press('Space')
  await show.getByText('4 / 4').waitFor()
  await show.getByRole('button', { name: 'Play', exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await show.waitFor({ state: 'hidden' })

  await page.keyboard.press('s')
  const sheet = page.getByRole('dialog', { name: 'Share album' })
  await sheet.getByText('Only you can see it.').waitFor()
  await page.getByRole('radio', { name: 'Private' }).press('ArrowDown')
  await sheet.getByText('The local server is off').waitFor()
  expect(await look(page)).toEqual([])
  await sheet.getByRole('button', { name: 'Switch on' }).click()
  const link = await sheet.locator('code').textContent()
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/albums\/[0-9a-f-]{36}$/)
  await sheet.getByRole('button', { name: 'Copy link' }).click()
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(link)
  await sheet.getByRole('button', { name: 'Open in a browser' }).click()
  expect(await until('a browser', async () => (await opened()).at(-1))).toBe(link)
  // The page of the window may open nothing else.
  const elsewhere = page.evaluate(async () => {
    const { fieldreel } = window as unknown as { fieldreel: { openInBrowser(url: string): Promise<void> } }
    await fieldreel.openInBrowser('http://example.org/albums')
  })
  await expect(elsewhere).rejects.toThrow('Only pages of this computer')
  expect(await opened()).toEqual([link])
  expect(await look(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByText('Unlisted').first().waitFor()

  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Delete album' }).click()
  await page.getByText('Collect videos and photos to share').waitFor()
  await page.keyboard.press('Control+z')
  await page.getByRole('gridcell', { name: /Handover/ }).click()
  await becomes(page, ['Gate', 'friday', 'Gate', 'Gate'])
  expect(complaints).toEqual([])
}, 240_000)
