import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { addImports, getFrames, listImports, listVideos, retryImport } from '../../main/contract/index.ts'
import { ask, openEngine } from '../support/engine.ts'
import { cutFilm } from '../support/film.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'
import { openWindow } from '../support/window.ts'

it('a film whose end is missing plays to its last frame, and the end key leads there', async () => {
  const folder = await temporaryFolder()
  const file = path.join(folder, 'cut.mp4')
  const whole = await readFile(await cutFilm(path.join(folder, 'whole.mp4')))
  await writeFile(file, whole.subarray(0, whole.length * 0.55))
  const data = path.join(folder, 'data')
  const video = await keep(data, file)
  const seconds = video.metadata.durationSeconds ?? 0
  expect(seconds).toBeLessThan(7)
  const { page, complaints } = await openWindow(data)
  await page.evaluate((id) => (location.hash = `#/videos/${id}`), video.videoId)
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2, null, { timeout: 60_000 })
  const stands = page.locator('[data-picture="stands"][data-counted]')
  await stands.waitFor()
  const shows = async (least: number, most: number): Promise<void> => {
    await page.waitForFunction(
      ([from = 0, to = 0]) => {
        const { currentTime = NaN, seeking = true } = document.querySelector('video') ?? {}
        return !seeking && currentTime >= from && currentTime <= to
      },
      [least, most],
    )
    await stands.waitFor()
  }
  await page.keyboard.press('End')
  await shows(seconds - 0.1, seconds)
  await page.keyboard.press('ArrowRight')
  await shows(seconds - 0.1, seconds)
  await page.keyboard.press('Home')
  await shows(0, 0.1)
  expect(complaints).toEqual([])
}, 300_000)

async function keep(data: string, file: string) {
  const engine = await openEngine(data)
  await ask(engine, addImports, { paths: [file] })
  const failed = await until('the import to be refused', async () => {
    const { imports } = await ask(engine, listImports, {})
    return imports.find(({ errorCode }) => errorCode === 'truncated_video')
  })
  await ask(engine, retryImport, { importId: failed.importId, keepTruncated: true })
  const video = await until(
    'the film to be in and to play',
    async () => {
      const { videos } = await ask(engine, listVideos, {})
      return videos.find(({ playableUrl }) => playableUrl !== null)
    },
    120_000,
  )
  await ask(engine, getFrames, { videoId: video.videoId })
  await engine.close()
  return video
}
