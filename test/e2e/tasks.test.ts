import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ElectronApplication, Page } from 'playwright'
import { expect, it } from 'vitest'
import type { StreamChunk } from '../../main/contract/index.ts'
import { ffmpeg, FRIDAY } from '../fixtures/clips.ts'
import { violations } from '../support/axe.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'
import { openWindow } from '../support/window.ts'

const setScheme = async (page: Page, scheme: 'dark' | 'light') => {
  await page.evaluate((value) => localStorage.setItem('mantine-color-scheme-value', value), scheme)
  await page.reload()
  await page.waitForSelector('html[data-ready="true"]')
}

const goToTasks = (page: Page) =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: /Tasks/ }).click()

/** Puts a task on the only video together, and starts it with the keyboard. */
async function startTask(page: Page, change: Record<string, unknown>): Promise<void> {
  await goToTasks(page)
  await page.getByRole('button', { name: 'New task' }).first().waitFor()
  await page.keyboard.press('n')
  await page.getByRole('combobox', { name: 'Video' }).click()
  await page.getByRole('option').first().click()
  const json = page.getByRole('textbox', { name: 'Request as JSON' })
  const request = JSON.parse(await json.inputValue()) as { input: Record<string, unknown>[] }
  Object.assign(request.input[0]!, change)
  await json.fill(JSON.stringify(request))
  await page.getByRole('status').filter({ hasText: 'to analyse' }).waitFor()
  await json.blur()
  await page.keyboard.press('Control+Enter')
}

/** The frames that the archive of the only task tells of. */
async function archived(data: string): Promise<StreamChunk[]> {
  const folder = path.join(data, 'streams')
  const [file] = (await readdir(folder)).filter((name) => name.endsWith('.sse'))
  const events = (await readFile(path.join(folder, file!), 'utf8')).split('\n\n').filter((event) => event.includes('{'))
  const chunks = events.map((event) => JSON.parse(event.slice('data: '.length)) as StreamChunk)
  return chunks.filter(({ delta }) => delta.results.length > 0)
}

/** The boxes over the picture as `class left top width height` in whole pixels of the video. */
async function boxesOnScreen(page: Page, [width, height]: readonly [number, number]): Promise<string[]> {
  const boxes = page.getByRole('list', { name: 'Detected in this frame' }).getByRole('listitem')
  const told = await boxes.evaluateAll((all) =>
    all.map((box) => {
      const { left, top, width: wide, height: high } = (box as HTMLElement).style
      return { text: box.textContent, sides: [left, top, wide, high].map(parseFloat) }
    }),
  )
  return told.map(({ text, sides }) => {
    const pixels = sides.map((share, at) => Math.round((share / 100) * (at % 2 === 0 ? width : height)))
    return `${text.replace(/^\d+ /, '').replace(/ [\d.]+$/, '')} ${pixels.join(' ')}`
  })
}

const frameOnScreen = async (page: Page): Promise<number> => {
  const text = await page.getByText(/frame [\d,]+$/).textContent()
  return Number(/frame ([\d,]+)$/.exec(text ?? '')?.[1]?.replace(',', ''))
}

async function saveInto(app: ElectronApplication, folder: string): Promise<void> {
  await app.evaluate(({ session }, to) => {
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(`${to}/${item.getFilename()}`))
  }, folder)
}

it('shows a task’s boxes over their exact frames, and exports them as files', async () => {
  const folder = await temporaryFolder()
  const data = path.join(folder, 'data')
  const { app, page, complaints } = await openWindow(data, FRIDAY)
  await page.getByText('1 scene').first().waitFor({ timeout: 60_000 })
  await goToTasks(page)
  await page.getByText('See what is in a video').waitFor()
  const found: Record<string, string[]> = { empty: await violations(page) }
  await page.keyboard.press('n')
  await page.getByText('As JSON').waitFor()
  found['composer'] = await violations(page)

  await startTask(page, { sampling: { mode: 'fps', value: 4 }, range: { end: 3 } })
  await page.getByRole('heading', { name: /friday/ }).waitFor()
  await page.getByText('Done', { exact: true }).waitFor({ timeout: 80_000 })
  const chunks = await archived(data)
  const seen = chunks.flatMap(({ delta }) => delta.results.flatMap(({ targets }) => targets))
  expect(seen.length).toBeGreaterThan(0)
  await page.getByText(`${chunks.length} events`).waitFor()
  found['task'] = await violations(page)

  // Frame by frame, as the archive has it.
  await page.keyboard.press('Home')
  for (const { stream_info: info, delta } of chunks) {
    await until(`frame ${info.frame_index}`, async () => (await frameOnScreen(page)) === info.frame_index)
    const targets = delta.results.flatMap((result) => result.targets)
    expect(await boxesOnScreen(page, [640, 480])).toEqual(
      targets.map(({ class: name, roi }) => `${name} ${roi.left} ${roi.top} ${roi.width} ${roi.height}`),
    )
    await page.keyboard.press('ArrowDown')
  }
  // Between two of them nothing is claimed to be seen.
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await until('the frame between', async () => (await frameOnScreen(page)) === 1)
  expect(await page.getByRole('list', { name: 'Detected in this frame' }).getAttribute('data-kind')).toBe('between')

  // A lane for each track; the best sight of one is the frame that the archive is surest of it in.
  const ids = new Set(seen.map(({ track_id: id }) => id))
  const lanes = page.getByRole('region', { name: 'Tracks' }).getByRole('listitem')
  expect(await lanes.count()).toBe(ids.size)
  await page.getByRole('button', { name: /^Track 1 / }).click()
  await page.getByRole('region', { name: 'Track 1', exact: true }).getByRole('button', { name: /Best/ }).click()
  const sights = chunks.flatMap(({ stream_info: { frame_index: frame }, delta }) =>
    delta.results.flatMap(({ targets }) =>
      targets.filter(({ track_id: id }) => id === 1).map(({ confidence }) => ({ frame, confidence })),
    ),
  )
  const best = sights.reduce((one, other) => (other.confidence > one.confidence ? other : one))
  await until('its best frame', async () => (await frameOnScreen(page)) === best.frame)

  await saveInto(app, folder)
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Tracks (MOT)' }).click()
  const table = await until('the table', () => readFile(path.join(folder, 'friday mot.txt'), 'utf8').catch(() => null))
  expect(table.trimEnd().split('\n')).toHaveLength(seen.length)
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Results (JSON)' }).click()
  const results = await until('the results', () =>
    readFile(path.join(folder, 'friday results.json'), 'utf8').catch(() => null),
  )
  const { tracks } = JSON.parse(results) as { tracks: unknown[] }
  expect(tracks).toHaveLength(ids.size)

  // The very film that the engine made; what is drawn in it is looked at where it is made.
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Annotated video (MP4)' }).click()
  const film = await until('the film', () => readFile(path.join(folder, 'friday annotated.mp4')).catch(() => null))
  const [task] = (await readdir(path.join(data, 'derived'))).filter((name) => name.startsWith('vt_'))
  await until('all of it', async () => {
    const made = await readFile(path.join(data, 'derived', task!, 'annotated.mp4'))
    return made.equals(await readFile(path.join(folder, 'friday annotated.mp4')))
  })
  expect(film.toString('latin1', 4, 8)).toBe('ftyp')
  await page.getByRole('group', { name: 'Annotated video' }).waitFor({ state: 'detached' })

  await setScheme(page, 'light')
  await page.getByRole('tab', { name: /Results/ }).click()
  await page.getByRole('table', { name: 'Tracks found' }).waitFor()
  await page.waitForTimeout(600)
  found['results in light'] = await violations(page)

  // The same once more, with changes: the composer holds what was asked.
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Run again with changes…' }).click()
  const text = await page.getByRole('textbox', { name: 'Request as JSON' }).inputValue()
  expect(JSON.parse(text)).toMatchObject({ input: [{ sampling: { mode: 'fps', value: 4 }, range: { end: 3 } }] })
  await page.waitForTimeout(400)
  found['composer in light'] = await violations(page)
  await goToTasks(page)
  await page.getByRole('article').focus()
  found['list in light'] = await violations(page)
  await page.keyboard.press('Delete')
  await page.getByRole('button', { name: 'Remove task' }).click()
  await page.getByText('See what is in a video').waitFor()
  expect(Object.fromEntries(Object.entries(found).filter(([, wrong]) => wrong.length > 0))).toEqual({})
  expect(complaints).toEqual([])
}, 240_000)

it('shows the progress of an annotated video and cancels it', async () => {
  const folder = await temporaryFolder()
  const data = path.join(folder, 'data')
  const file = path.join(folder, 'long.mp4')
  await ffmpeg('-stream_loop', '40', '-i', FRIDAY, '-c', 'copy', file)
  const { page, complaints } = await openWindow(data, file)
  await page
    .getByText(/\d+ scenes?/)
    .first()
    .waitFor({ timeout: 120_000 })
  await startTask(page, { max_frames: 3 })
  await page.getByText('Done', { exact: true }).waitFor({ timeout: 80_000 })
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Annotated video (MP4)' }).click()
  const notice = page.getByRole('group', { name: 'Annotated video' })
  await notice.getByText(/^[1-9]\d?%/).waitFor()
  const found = await violations(page)
  await notice.getByRole('button', { name: 'Cancel' }).click()
  await notice.waitFor({ state: 'detached' })
  const [task] = (await readdir(path.join(data, 'derived'))).filter((name) => name.startsWith('vt_'))
  await until('nothing of it to be left', async () => {
    const names = await readdir(path.join(data, 'derived', task!))
    return !names.some((name) => name.startsWith('annotated'))
  })
  expect(found).toEqual([])
  expect(complaints).toEqual([])
}, 240_000)

it('follows a running task, keeps its results when cancelled, and names the wrong fields of a request', async () => {
  const folder = await temporaryFolder()
  const data = path.join(folder, 'data')
  const { page, complaints } = await openWindow(data, FRIDAY)
  await page.getByText('1 scene').first().waitFor({ timeout: 60_000 })
  await startTask(page, { sampling: { mode: 'fps', value: 30 } })
  await page.getByText('Live', { exact: true }).waitFor({ timeout: 60_000 })
  const first = await until('a first frame', () => frameOnScreen(page).catch(() => 0), 60_000)
  await until('the picture to go along', async () => (await frameOnScreen(page)) > first, 60_000)
  await page.keyboard.press('Home')
  await page.getByText('Paused', { exact: true }).waitFor()
  await page.keyboard.press('v')
  await page.getByText('Live', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Cancel task' }).click()
  await page.getByText('Cancelled', { exact: true }).waitFor({ timeout: 20_000 })
  const events = (await archived(data)).length
  await page.getByText(`${events} events`).waitFor()

  await goToTasks(page)
  await page.getByRole('article').waitFor()
  await page.keyboard.press('n')
  const json = page.getByRole('textbox', { name: 'Request as JSON' })
  await json.fill(
    '{"input":[{"type":"video_url","url":"http://127.0.0.1/x.mp4"}],"steps":[{"model":"detect"}],"track":1}',
  )
  await page.getByRole('alert').getByText('track').waitFor()
  await json.fill('{"input":[{"type":"video_url","url":"http://127.0.0.1/x.mp4"}],"steps":[{"model":"detect"}]}')
  await json.blur()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('alert').getByText('The task was not started').waitFor()
  expect(complaints).toEqual([])
}, 240_000)
