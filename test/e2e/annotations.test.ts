import { copyFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { addImports, createAnnotation, listAnnotations, listVideos } from '../../main/contract/index.ts'
import { ffmpeg, FRIDAY, turn } from '../fixtures/clips.ts'
import { violations } from '../support/axe.ts'
import { ask, openEngine } from '../support/engine.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'
import { openWindow } from '../support/window.ts'

/** A library with one video that is ready, and its id. */
async function libraryOf(file: string): Promise<{ data: string; videoId: string }> {
  const data = path.join(path.dirname(file), 'data')
  const engine = await openEngine(data)
  await ask(engine, addImports, { paths: [file] })
  const videoId = await until(
    'the video to be ready',
    async () => {
      const { videos } = await ask(engine, listVideos, {})
      const [video] = videos
      return video?.playableUrl && video.activities.length === 0 && video.videoId
    },
    60_000,
  )
  await engine.close()
  return { data, videoId }
}

async function fridayIn(folder: string): Promise<string> {
  const file = path.join(folder, 'friday.mp4')
  await copyFile(FRIDAY, file)
  return file
}

async function openVideo(page: Page, videoId: string): Promise<void> {
  await page.evaluate((id) => (location.hash = `#/videos/${id}`), videoId)
  await page.waitForSelector('[data-picture="stands"][data-counted]', { state: 'attached' })
}

/** Keys mean what they mean to the player, not to what was pressed last. */
async function toPlayer(page: Page): Promise<void> {
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where the picture itself is on the page, without the room that its element leaves around it. */
async function pictureOf(page: Page): Promise<Box> {
  return await page.locator('video').evaluate((element) => {
    const video = element as HTMLVideoElement
    const style = getComputedStyle(video)
    const [above, below] = [parseFloat(style.paddingTop), parseFloat(style.paddingBottom)]
    const { left, top, width, height } = video.getBoundingClientRect()
    const scale = Math.min(width / video.videoWidth, (height - above - below) / video.videoHeight)
    const [wide, high] = [video.videoWidth * scale, video.videoHeight * scale]
    const room = height - above - below - high
    return { x: left + (width - wide) / 2, y: top + above + room / 2, width: wide, height: high }
  })
}

/** Draws a line by the mouse, between two places given as parts of the picture. */
async function drag(page: Page, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const { x, y, width, height } = await pictureOf(page)
  await page.mouse.move(x + from[0] * width, y + from[1] * height)
  await page.mouse.down()
  await page.mouse.move(x + to[0] * width, y + to[1] * height, { steps: 8 })
  await page.mouse.up()
}

/** Where the drawings on the picture are, as parts of it: left, top, right and bottom of each. */
async function drawn(page: Page): Promise<number[][]> {
  const picture = await pictureOf(page)
  const paths = page.getByRole('img', { name: /^Drawn/ }).locator('path:nth-of-type(2n)')
  const boxes = await paths.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect))
  return boxes.map(({ left, top, right, bottom }) => [
    (left - picture.x) / picture.width,
    (top - picture.y) / picture.height,
    (right - picture.x) / picture.width,
    (bottom - picture.y) / picture.height,
  ])
}

const near = (parts: readonly number[], digits = 2) => parts.map((part): unknown => expect.closeTo(part, digits))

it('writes a note at the playhead, draws on its frame, and finds it again', async () => {
  const { data, videoId } = await libraryOf(await fridayIn(await temporaryFolder()))
  const { app, page, complaints } = await openWindow(data)
  await openVideo(page, videoId)
  const found: Record<string, string[]> = {}
  await page.keyboard.press('Shift+ArrowRight')
  await page.waitForSelector('[data-picture="stands"]', { state: 'attached' })
  const time = await page.getByRole('toolbar', { name: 'Playback' }).locator('strong').textContent()

  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: 'Title' }).fill('Sign hidden')
  expect(
    await page
      .getByRole('form', { name: 'New note' })
      .getByRole('button', { name: time ?? '' })
      .count(),
  ).toBe(1)
  await page.getByRole('textbox', { name: 'Text' }).fill('Move it to the gravel strip.')
  await page.getByRole('radio', { name: 'Bug fix' }).check()
  await page.getByRole('button', { name: 'Draw a box' }).first().click()
  await drag(page, [0.2, 0.3], [0.6, 0.7])
  await page.waitForTimeout(300)
  found['drawing'] = await violations(page)
  // A stroke that was not meant is taken back, and the last one that was.
  await page.getByRole('button', { name: 'Draw an arrow' }).first().click()
  await drag(page, [0.9, 0.9], [0.7, 0.8])
  await page.keyboard.press('Control+z')
  expect(await drawn(page)).toEqual([near([0.2, 0.3, 0.6, 0.7])])
  await drag(page, [0.9, 0.2], [0.65, 0.5])
  await page.getByRole('button', { name: 'Done' }).click()
  await page.waitForTimeout(300)
  found['writing'] = await violations(page)
  await page.getByRole('textbox', { name: 'Title' }).press('Control+Enter')
  const rows = page.getByRole('list', { name: 'Notes' }).getByRole('listitem')
  await rows.getByText('Sign hidden').waitFor()
  expect(await drawn(page)).toHaveLength(2)

  // What is being written waits for whoever leaves.
  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: 'Title' }).fill('Half a thought')
  await page.getByRole('link', { name: 'Back to the library' }).click()
  await openVideo(page, videoId)
  expect(await page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Half a thought')
  await page.getByRole('textbox', { name: 'Title' }).press('Escape')
  await page.getByText('Note discarded.').waitFor()
  await page.getByRole('button', { name: /^Bug fix at/ }).click()
  await until('the drawing again', async () => (await drawn(page)).length === 2)

  // In a window of another shape it lies where it lay.
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1260, 980))
  await page.waitForTimeout(500)
  expect((await drawn(page))[0]).toEqual(near([0.2, 0.3, 0.6, 0.7]))

  // Away from its frame it is gone; the marker leads back.
  await toPlayer(page)
  await page.keyboard.press('End')
  await page.getByRole('button', { name: /^Bug fix at/ }).waitFor()
  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: 'Title' }).fill('Outflow clear')
  await page.getByRole('textbox', { name: 'Link' }).fill('not a link')
  await page.getByRole('button', { name: 'Add note' }).click()
  await page.getByText('A link begins with https://').waitFor()
  await page.getByRole('textbox', { name: 'Link' }).fill('https://example.com/report')
  await page.getByRole('textbox', { name: 'Title' }).press('Control+Enter')
  await rows.getByText('Outflow clear').waitFor()
  expect(await drawn(page)).toEqual([])
  await toPlayer(page)
  await page.keyboard.press('Shift+B')
  await until('the drawing', async () => (await drawn(page)).length === 2)
  found['notes'] = await violations(page)

  // Chips show one kind; what is deleted comes back.
  await page.getByRole('button', { name: /^Info 1/ }).click()
  await until('one row', async () => (await rows.count()) === 1)
  await page.getByRole('button', { name: 'Delete “Outflow clear”' }).click()
  await page.getByText('No notes of these types').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await rows.getByText('Outflow clear').waitFor()
  // A toast may lie over the chip: a key reaches it.
  await page.getByRole('button', { name: /^Info 1/ }).press('Enter')
  await until('both rows', async () => (await rows.count()) === 2)
  await page.getByRole('button', { name: 'Change “Sign hidden”' }).click()
  await page.getByRole('textbox', { name: 'Title' }).fill('Sign moved')
  await page.getByRole('button', { name: 'Save' }).click()
  await rows.getByText('Sign moved').waitFor()
  expect(found).toEqual({ drawing: [], writing: [], notes: [] })
  expect(complaints).toEqual([])
  await app.close()

  const engine = await openEngine(data)
  const { annotations } = await ask(engine, listAnnotations, { videoId })
  expect(annotations).toMatchObject([
    {
      title: 'Sign moved',
      type: 'bug-fix',
      description: 'Move it to the gravel strip.',
      drawings: [
        { kind: 'box', points: [near([0.2, 0.3]), near([0.6, 0.7])] },
        { kind: 'arrow', points: [near([0.9, 0.2]), near([0.65, 0.5])] },
      ],
    },
    { title: 'Outflow clear', type: 'info', url: 'https://example.com/report', drawings: [] },
  ])
})

it('keeps drawings on a turned picture where they were drawn, and goes from note to note by keys', async () => {
  const file = path.join(await temporaryFolder(), 'friday.mp4')
  await ffmpeg('-i', FRIDAY, '-map', '0:v', '-c', 'copy', file)
  await turn(file, 90)
  const { data, videoId } = await libraryOf(file)
  const engine = await openEngine(data)
  const note = { videoId, type: 'demo' as const }
  await ask(engine, createAnnotation, {
    ...note,
    timestamp: 0,
    title: 'Upright',
    drawings: [
      {
        kind: 'box',
        points: [
          [0.25, 0.1],
          [0.75, 0.4],
        ],
      },
    ],
  })
  await ask(engine, createAnnotation, { ...note, timestamp: 2, title: 'Two seconds on' })
  await engine.close()
  const { page, complaints } = await openWindow(data)
  await openVideo(page, videoId)
  await page.getByRole('tab', { name: 'Notes 2' }).click()
  const { width, height } = await pictureOf(page)
  expect(height).toBeGreaterThan(width)
  await until('the drawing of the first frame', async () => (await drawn(page)).length === 1)
  expect((await drawn(page))[0]).toEqual(near([0.25, 0.1, 0.75, 0.4]))
  const current = page.getByRole('list', { name: 'Notes' }).locator('[aria-current]')
  await toPlayer(page)
  await page.keyboard.press('Shift+N')
  await until('the second note', async () => (await current.allTextContents()).join().includes('Two seconds on'))
  await until('its frame, without a drawing', async () => (await drawn(page)).length === 0)
  // In the lane the arrows go from marker to marker.
  await page.getByRole('button', { name: 'Demo at 0:00: Upright' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await until('the first note', async () => (await current.allTextContents()).join().includes('Upright'))
  expect(complaints).toEqual([])
})
