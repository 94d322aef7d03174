import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import {
  addAlbumItem,
  addImports,
  createAlbum,
  getAlbum,
  getAnalytics,
  listScenes,
  listVideos,
  updateAlbum,
} from '../../main/contract/index.ts'
import { FRIDAY } from '../fixtures/clips.ts'
import { violations } from '../support/axe.ts'
import { type Browser, openBrowser } from '../support/browser.ts'
import { ask, openEngine } from '../support/engine.ts'
import { cutFilm } from '../support/film.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'

// LI-42: an engine without a window, and a browser apart from it.

const HOSTILE = `<img src=x onerror="document.title='taken'">`

/** An album of two films and a photo, and where it is served. */
async function shareAlbum() {
  const folder = await temporaryFolder()
  const engine = await openEngine(path.join(folder, 'data'))
  await ask(engine, addImports, { paths: [await cutFilm(path.join(folder, 'East gate.mp4')), FRIDAY] })
  const finished = async () => {
    const { videos } = await ask(engine, listVideos, {})
    return videos.length === 2 && videos.every(({ sceneCount, sprite }) => sceneCount > 0 && sprite) && videos
  }
  const videos = await until('both films and their pictures', finished, 60_000)
  const film = videos.find(({ title }) => title.startsWith('East'))!
  const friday = videos.find((video) => video !== film)!
  const { scenes } = await ask(engine, listScenes, { videoId: film.videoId })
  const { albumId } = await ask(engine, createAlbum, { title: 'Site walks', description: HOSTILE })
  const add = (mediaType: 'photo' | 'video', mediaId: string, caption: string | null) =>
    ask(engine, addAlbumItem, { albumId, mediaType, mediaId, caption })
  await add('video', film.videoId, 'East gate, before the storm')
  await add('photo', scenes[1]!.sceneId, HOSTILE)
  await add('video', friday.videoId, null)
  await ask(engine, updateAlbum, { albumId, visibility: 'unlisted' })
  const server = await engine.serve({ host: '127.0.0.1', port: 0, tls: false })
  onTestFinished(() => server.close())
  return { engine, server, albumId, url: `${server.url}/albums/${albumId}`, film }
}

const names = ({ page }: Browser) => page.locator('.card .name').allInnerTexts()
const focused = ({ page }: Browser) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')

it(
  'plays and shows a shared album in a browser, by mouse and by keyboard, and tells its owner what was watched',
  {
    timeout: 150_000,
  },
  async () => {
    const { url, server, engine, albumId, film } = await shareAlbum()
    const browser = await openBrowser()
    const { page } = browser
    await page.goto(url)
    expect(await names(browser)).toEqual(['East gate, before the storm', HOSTILE, 'friday'])
    expect(await page.title()).toBe('Site walks - Fieldreel')
    await until('all pictures', () =>
      page.evaluate(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0)),
    )

    // By mouse: the first film plays.
    const report = page.waitForRequest((request) => request.url().includes('/track-view'))
    await page.getByText('East gate, before the storm').click()
    const dialog = page.getByRole('dialog', { name: 'East gate, before the storm' })
    await dialog.waitFor()
    await until('playback', () => page.evaluate(() => (document.querySelector('video')?.currentTime ?? 0) > 1))
    expect(await dialog.getByText('1 of 3').isVisible()).toBe(true)
    expect(await page.getByRole('button', { name: 'Previous' }).isDisabled()).toBe(true)

    // By keyboard: pause, the photo, the last film, back, out.
    await page.keyboard.press('Space')
    await until('the pause', () => page.evaluate(() => document.querySelector('video')?.paused))
    const told = (await report).postDataJSON() as Record<string, unknown>
    expect((await report).url()).toBe(`${server.url}/api/v1/videos/${film.videoId}/track-view`)
    expect(told).toEqual({
      watch_duration: expect.any(Number) as number,
      completion_percentage: expect.any(Number) as number,
      session_id: expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ) as string,
    })
    const completion = Number(told['completion_percentage'])
    expect([told['watch_duration'], completion > 8, completion < 60]).toEqual([expect.any(Number), true, true])
    await page.keyboard.press('ArrowRight')
    const photo = page.getByRole('dialog').getByRole('img', { name: HOSTILE })
    await photo.waitFor()
    expect(await photo.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(480)
    await page.keyboard.press('ArrowRight')
    await page.getByText('3 of 3').waitFor()
    await page.keyboard.press('ArrowRight')
    await page.getByText('3 of 3').waitFor()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await until('the focus to be where it was', async () => (await focused(browser)).includes(HOSTILE))
    expect(await page.locator('video').count()).toBe(0)

    // Every request went to this server.
    expect(browser.requested.filter((asked) => !asked.startsWith(server.url) && asked !== 'about:blank')).toEqual([])
    expect(await page.title()).toBe('Site walks - Fieldreel')
    expect(browser.complaints).toEqual([])

    // Its owner sees that it was watched: one view, however often it was told of.
    const seen = await until('the view', async () => {
      const totals = await ask(engine, getAnalytics, { videoId: film.videoId })
      return totals.totalViews > 0 && totals
    })
    expect([seen.totalViews, seen.uniqueViewers, seen.avgCompletionRate > 8]).toEqual([1, 1, true])

    // Without its script, the links lead to the media.
    const links = await page
      .locator('a.card')
      .evaluateAll((cards) => cards.map((card) => (card as HTMLAnchorElement).href))
    await page.goto(links[0]!)
    await until('the bare film', () => page.evaluate(() => (document.querySelector('video')?.readyState ?? 0) >= 2))
    await page.goto(links[1]!)
    expect(await page.evaluate(() => document.querySelector('img')?.naturalWidth)).toBe(480)

    // Not shared any more: nothing of it is left, at once.
    await ask(engine, updateAlbum, { albumId, visibility: 'private' })
    await page.goto(url)
    await page.getByText('Nothing is shared here').waitFor()
    expect(await page.content()).not.toContain('Site walks')
    for (const link of links) expect((await page.request.get(link)).status()).toBe(401)
    expect((await ask(engine, getAlbum, { albumId })).itemCount).toBe(3)
  },
)

it('has no axe violations, in dark and light, wide and on a phone', { timeout: 150_000 }, async () => {
  const { url, server } = await shareAlbum()
  const { page } = await openBrowser()
  const found: Record<string, string[]> = {}
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const [width, height] of [
      [1280, 860],
      [360, 640],
    ] as const) {
      const look = async (view: string) => (found[`${view}, ${width}, ${colorScheme}`] = await violations(page))
      await page.setViewportSize({ width, height })
      await page.goto(url)
      await look('page')
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
      await page.locator('.card').nth(1).click()
      await page.getByText('2 of 3').waitFor()
      await look('viewer')
      await page.goto(`${server.url}/albums/none`)
      await look('nothing')
    }
  }
  expect(Object.values(found).flat()).toEqual([])
  expect(Object.keys(found).length).toBe(12)
})
