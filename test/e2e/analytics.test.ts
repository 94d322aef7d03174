import path from 'node:path'
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { addImports, getAnalytics, listVideos, trackView } from '../../main/contract/index.ts'
import { FRIDAY } from '../fixtures/clips.ts'
import { violations } from '../support/axe.ts'
import { ask, openEngine } from '../support/engine.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'
import { openWindow } from '../support/window.ts'

/** A library with one video that is ready; its id, and its length in seconds. */
async function libraryOf(file: string): Promise<{ data: string; videoId: string; duration: number }> {
  const data = path.join(await temporaryFolder(), 'data')
  const engine = await openEngine(data)
  await ask(engine, addImports, { paths: [file] })
  const video = await until(
    'the video to be ready',
    async () => {
      const { videos } = await ask(engine, listVideos, {})
      const [first] = videos
      return first !== undefined && first.playableUrl !== null && first.activities.length === 0 && first
    },
    60_000,
  )
  await engine.close()
  return { data, videoId: video.videoId, duration: video.metadata.durationSeconds ?? 0 }
}

async function setScheme(page: Page, scheme: 'dark' | 'light'): Promise<void> {
  await page.evaluate((value) => localStorage.setItem('mantine-color-scheme-value', value), scheme)
  await page.reload()
  await page.waitForSelector('html[data-ready="true"]')
}

const goTo = (page: Page, place: string) => page.evaluate((hash) => (location.hash = hash), place)
const figure = (page: Page, part: string, name: string) =>
  page.getByRole('region', { name: part }).locator('dl > div', { hasText: name }).locator('dd').first()

const TELEPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1'

/** A table that stands in for a chart, cell by cell. */
async function tableOf(page: Page, name: string): Promise<string[][]> {
  const rows = page.getByRole('table', { name }).locator('tbody tr')
  return await rows.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)))
}

it('reports how far the window’s player was watched, and shows exactly that', async () => {
  const { data, videoId, duration } = await libraryOf(FRIDAY)
  const { app, page, complaints } = await openWindow(data)
  const found: Record<string, string[]> = {}
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Analytics' }).click()
  await page.getByText('No views yet').waitFor()
  found['nobody'] = await violations(page)

  await goTo(page, `/videos/${videoId}`)
  await page.waitForSelector('[data-picture="stands"][data-counted]', { state: 'attached' })
  await page.keyboard.press('l')
  const position = async () => Number(await page.locator('[data-playhead]').getAttribute('aria-valuenow'))
  await until('two seconds of it', async () => (await position()) > 2)
  await page.keyboard.press('k')
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
  const played = await position()
  // Neither what is sought nor the time that it stands is watched.
  await page.keyboard.press('End')
  await page.waitForTimeout(1200)
  await page.keyboard.press('Home')
  await page.getByRole('tab', { name: 'Info' }).click()
  await page.getByRole('link', { name: '1 view' }).waitFor()
  await page.getByRole('button', { name: 'Like, 0 likes' }).click()
  await page.getByRole('button', { name: 'Like, 1 like', pressed: true }).waitFor()
  found['info'] = await violations(page)

  await page.getByRole('link', { name: '1 view' }).click()
  await page.getByText('1 view: too few for a curve.').waitFor()
  expect(await figure(page, 'All time', 'Likes').textContent()).toBe('1')
  expect(await figure(page, 'Last 30 days', 'Viewers').textContent()).toBe('1')
  found['one view'] = await violations(page)

  await page.getByRole('link', { name: 'Back to the analytics' }).click()
  await page.getByText('Includes views of deleted videos.').waitFor()
  await page.getByRole('region', { name: 'Most viewed' }).getByRole('link', { name: 'friday' }).waitFor()
  await goTo(page, '/settings/privacy')
  await page.getByRole('button', { name: 'Forget viewers…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Forget viewers' }).click()
  await page.getByText('Forgot the viewers').waitFor()
  expect(complaints).toEqual([])
  expect(found).toEqual({ nobody: [], info: [], 'one view': [] })
  await app.close()

  const engine = await openEngine(data)
  const { totalViews, avgWatchDuration, avgCompletionRate } = await ask(engine, getAnalytics, { videoId })
  expect({ totalViews, avgWatchDuration }).toEqual({ totalViews: 1, avgWatchDuration: Math.floor(played) })
  expect(Math.abs(avgCompletionRate - (played / duration) * 100)).toBeLessThan(3)
})

it('charts many views, and lists them in tables too', async () => {
  const { data, videoId } = await libraryOf(FRIDAY)
  const engine = await openEngine(data)
  // A third leaves within the second tenth; the others see it all.
  for (let view = 0; view < 12; view += 1) {
    const completionPercentage = view % 3 === 0 ? 15 : 100
    // Those who leave watch on a telephone.
    const origin = { address: null, userAgent: view % 3 === 0 ? TELEPHONE : null }
    await ask(engine, trackView, { videoId, watchDuration: view % 3 === 0 ? 1 : 4, completionPercentage, origin })
  }
  await engine.close()
  const { page, complaints } = await openWindow(data)
  await goTo(page, `/analytics/${videoId}`)
  await page.getByText(/^Most viewers stop at .*: 4 of 12\.$/).waitFor()
  const curve = await tableOf(page, 'Audience retention')
  expect(curve.map((cells) => cells.slice(1))).toEqual([
    ['12', '100%', '0'],
    ['12', '100%', '4'],
    ...Array.from({ length: 7 }, () => ['8', '67%', '0']),
    ['8', '67%', '8'],
  ])
  await page.getByText('Mobile', { exact: true }).first().click()
  await page.getByText('4 views: too few for a curve.').waitFor()
  await page.getByRole('region', { name: 'Audience retention' }).getByText('Unknown', { exact: true }).click()
  await page.getByText('100% watched on average').waitFor()
  expect((await tableOf(page, 'Audience retention')).at(-1)?.slice(1)).toEqual(['8', '100%', '8'])
  expect((await tableOf(page, 'Views over time')).map(([, views]) => views)).toEqual(['12'])
  for (const [period, name] of [
    ['24 hours', 'Last 24 hours'],
    ['7 days', 'Last 7 days'],
  ] as const) {
    await page.getByText(period, { exact: true }).click()
    await page.getByRole('heading', { name }).waitFor()
    expect(await figure(page, name, 'Views').textContent()).toBe('12')
  }
  const found: Record<string, string[]> = { dark: await violations(page) }
  await setScheme(page, 'light')
  await page.getByText(/^Most viewers stop at/).waitFor()
  await page.waitForTimeout(400)
  found['light'] = await violations(page)
  // What was chosen is kept.
  await page.getByRole('heading', { name: 'Last 7 days' }).waitFor()
  await goTo(page, '/analytics')
  await page
    .getByRole('region', { name: 'Most viewed' })
    .getByRole('row', { name: /friday/ })
    .waitFor()
  found['library'] = await violations(page)
  expect(found).toEqual({ dark: [], light: [], library: [] })
  expect(complaints).toEqual([])
})
