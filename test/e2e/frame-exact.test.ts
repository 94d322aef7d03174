import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { addImports, cancelJob, getFrames, listVideos } from '../../main/contract/index.ts'
import { blockCentres, type CorpusFile, makeCorpus, numberOf } from '../support/corpus.ts'
import { ask, openEngine } from '../support/engine.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'
import { openWindow } from '../support/window.ts'

/**
 * One file of each kind, so that every run has time for them; all of them, or another choice, by
 * `FIELDREEL_CORPUS=. npm test -- test/e2e/frame-exact.test.ts`.
 */
const ONLY = new RegExp(
  process.env['FIELDREEL_CORPUS'] ??
    '^(pal|ntsc|uneven|trimmed|deep-b|lossy|turned-90|late-start|from-transport-stream|fragmented|h264.avi|short-header|pause|cover-first)',
)

it('shows the frame that the index says, after jumps and after single steps each way', async () => {
  const folder = await temporaryFolder()
  const clips = path.join(folder, 'clips')
  await mkdir(clips)
  const files = await makeCorpus(clips, (name) => ONLY.test(name))
  const data = path.join(folder, 'data')
  const ids = await importAll(data, files)
  const { page, complaints } = await openWindow(data)
  const wrong: string[] = []
  for (const file of files) {
    await openVideo(page, ids.get(file.name) ?? '')
    const last = file.numbers.length - 1
    const at = async (step: string, frame: number): Promise<void> => {
      const shown = await numberOnScreen(page, file, file.numbers[frame])
      if (shown !== file.numbers[frame]) wrong.push(`${file.name} ${step}: frame ${frame}, ${shown}`)
    }
    await page.keyboard.press('Home')
    await at('start', 0)
    await press(page, 'ArrowRight', 40)
    await at('40 steps on', 40)
    await press(page, 'ArrowLeft', 10)
    await at('10 steps back', 30)
    for (let step = 0; step < 10; step += 1) {
      await press(page, 'ArrowRight', 1)
      await stands(page)
    }
    await at('10 steps on, one after the other', 40)
    await page.keyboard.press('End')
    await at('end', last)
    await press(page, 'ArrowLeft', 10)
    await at('10 steps back from the end', last - 10)
  }
  expect(wrong).toEqual([])
  expect(complaints).toEqual([])
}, 600_000)

/** Videos by file name, as soon as all can play. Nobody looks at their scenes here: the search for them is called off. */
async function importAll(data: string, files: readonly CorpusFile[]): Promise<Map<string, string>> {
  const engine = await openEngine(data)
  await ask(engine, addImports, { paths: files.map(({ path: file }) => file) })
  const calledOff = new Set<string>()
  const videos = await until(
    'all files to be in and to play',
    async () => {
      const { videos: all } = await ask(engine, listVideos, {})
      for (const { kind, jobId } of all.flatMap(({ activities }) => activities)) {
        if (kind !== 'analysis' || calledOff.has(jobId)) continue
        calledOff.add(jobId)
        await ask(engine, cancelJob, { jobId })
      }
      return all.length === files.length && all.every(({ playableUrl }) => playableUrl !== null) && all
    },
    300_000,
  )
  await Promise.all(videos.map(({ videoId }) => ask(engine, getFrames, { videoId })))
  await engine.close()
  return new Map(videos.map(({ filename, videoId }) => [filename, videoId]))
}

async function openVideo(page: Page, id: string): Promise<void> {
  await page.evaluate((video) => (location.hash = `#/videos/${video}`), id)
  await page.waitForFunction(
    (video) => {
      const { currentSrc = '', readyState = 0 } = document.querySelector('video') ?? {}
      return currentSrc.includes(video) && readyState >= 2
    },
    id,
    { timeout: 60_000 },
  )
  await stands(page)
}

/** Waits until the player says that what was asked for is on screen, and that it knows the frames. */
async function stands(page: Page): Promise<void> {
  await page.waitForSelector('[data-picture="stands"][data-counted]', { state: 'attached' })
}

/** As fast as the window takes them. */
async function press(page: Page, key: string, times: number): Promise<void> {
  await Promise.all(Array.from({ length: times }, () => page.keyboard.press(key)))
}

/** What stands on the picture once the player says so. The window's own picture may be drawn a moment later. */
async function numberOnScreen(page: Page, file: CorpusFile, wanted: number | undefined): Promise<number | null> {
  await stands(page)
  let shown: number | null = null
  for (let tries = 0; tries < 10; tries += 1) {
    shown = await readNumber(page, file)
    if (shown === wanted) break
    await page.waitForTimeout(100)
  }
  return shown
}

/** Reads the blocks off the window itself: a page may not read the pixels of a video of another origin. */
async function readNumber(page: Page, { rotation }: CorpusFile): Promise<number | null> {
  const picture = await page.evaluate(() => {
    const video = document.querySelector('video')
    if (!video) return null
    const box = video.getBoundingClientRect()
    const scale = Math.min(box.width / video.videoWidth, box.height / video.videoHeight)
    const [width, height] = [video.videoWidth * scale, video.videoHeight * scale]
    return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height }
  })
  if (!picture) return null
  const shot = await page.screenshot({ clip: picture, type: 'png' })
  const bits = await page.evaluate(
    async ({ bytes, centres }) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))]))
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
      const context = canvas.getContext('2d')
      context?.drawImage(bitmap, 0, 0)
      return centres.map(({ x, y }) => context?.getImageData(x * bitmap.width, y * bitmap.height, 1, 1).data[1] ?? 0)
    },
    { bytes: shot.toString('base64'), centres: blockCentres(rotation) },
  )
  return numberOf(bits)
}
