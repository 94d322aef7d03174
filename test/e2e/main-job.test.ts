import { copyFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { FLOWER } from '../fixtures/clips.ts'
import { cutFilm, FILM_CUTS } from '../support/film.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'
import { dropFiles, openWindow } from '../support/window.ts'

it('imports two dropped clips, plays one, jumps by scene, and has all of it after a restart', async () => {
  const folder = await temporaryFolder()
  const data = path.join(folder, 'data')
  const film = await cutFilm(path.join(folder, 'East gate site walk.mp4'))
  const flower = path.join(folder, 'Roof garden.webm')
  await copyFile(FLOWER, flower)

  const first = await openWindow(data)
  const { page } = first
  await page.getByText('Drop your footage here').first().waitFor()
  await dropFiles(page, [film, flower])

  // Uploads tell how far each is, then how many scenes it has.
  await page.getByRole('link', { name: /Uploads/ }).click()
  await page.getByText('East gate site walk.mp4').waitFor()
  await page.getByText('Roof garden.webm').waitFor()
  const files = page.getByRole('region', { name: 'Files' })
  await files
    .getByRole('listitem')
    .filter({ hasText: 'Ready' })
    .filter({ hasText: '4 scenes' })
    .waitFor({ timeout: 60_000 })
  await files
    .getByRole('listitem')
    .filter({ hasText: 'Ready' })
    .filter({ hasText: '1 scene' })
    .waitFor({ timeout: 60_000 })

  // The library shows both, with a picture.
  await page.getByRole('link', { name: /Library/ }).click()
  const card = page.getByText('East gate site walk').first()
  await card.waitFor()
  await until('the poster to be drawn', () =>
    page.evaluate(() => [...document.images].some((image) => image.complete && image.naturalWidth > 0)),
  )
  await card.dblclick()

  // It plays.
  const time = () => page.evaluate(() => document.querySelector('video')?.currentTime ?? 0)
  await until('the video to load', () => page.evaluate(() => (document.querySelector('video')?.readyState ?? 0) >= 2))
  await page.keyboard.press('Space')
  await until('playback to move', async () => (await time()) > 0.3)
  await page.keyboard.press('Space')
  await until('playback to pause', () => page.evaluate(() => document.querySelector('video')?.paused))

  // It jumps by scene, exactly to the first frame of each.
  await page.keyboard.press('Home')
  await until('the start', async () => (await time()) < 0.1)
  for (const cut of FILM_CUTS) {
    await page.keyboard.press('ArrowDown')
    const at = await until(`the scene at ${cut} s`, async () => {
      const now = await time()
      return now >= cut - 0.001 && now
    })
    expect(at).toBeLessThan(cut + 0.04)
  }

  // The mouse jumps too.
  await page.getByRole('list', { name: 'Scenes' }).getByText('0:02-0:04').click()
  await until('the second scene', async () => Math.abs((await time()) - 2) < 0.04)

  // It is cut otherwise: shown before it is done, done without a new search, and undone.
  const timeline = page.getByRole('region', { name: 'Timeline' })
  await page.keyboard.press('a')
  await page.getByLabel('Shortest scene').fill('3')
  await timeline.getByText('4 → 2 scenes').waitFor()
  await page.getByRole('region', { name: 'Adjust scenes' }).getByText('2 cuts removed').waitFor()
  await page.getByRole('button', { name: 'Apply', exact: true }).click()
  await page.getByText('“East gate site walk” now has 2 scenes.').waitFor()
  await timeline.getByText('2 scenes').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('“East gate site walk” now has 4 scenes.').waitFor()
  expect(first.complaints).toEqual([])
  await first.close()

  const second = await openWindow(data)
  await second.page.getByText('East gate site walk').first().waitFor()
  await second.page.getByText('Roof garden').first().waitFor()
  await second.page.getByText('4 scenes').first().waitFor()
  expect(second.complaints).toEqual([])
})
