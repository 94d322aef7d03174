import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { _electron, type ElectronApplication, type Page } from 'playwright'
import { onTestFinished } from 'vitest'

/** Root of the repository, where `electron .` finds the built app. */
const ROOT = path.resolve(import.meta.dirname, '../..')

export interface OpenWindow {
  readonly app: ElectronApplication
  readonly page: Page
  /** What the page complained of; a test that ends with complaints has not passed. */
  readonly complaints: string[]
  close(): Promise<void>
}

/** Opens the real window on a data folder, as `npm start` does. */
export async function openWindow(data: string, ...files: string[]): Promise<OpenWindow> {
  const app = await _electron.launch({
    args: ['.', '--data', data, '--disable-gpu', '--log-level=3', ...files],
    cwd: ROOT,
    env: environment(),
  })
  let open = true
  const close = async (): Promise<void> => {
    if (open) await app.close()
    open = false
  }
  onTestFinished(close)
  const page = await app.firstWindow()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.waitForSelector('html[data-ready="true"]')
  return { app, page, complaints, close }
}

const DROPS = 10

/** Drops files on the middle of the page, by the browser's own drag events. */
export async function dropFiles(page: Page, files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await page.evaluate(() =>
    window.addEventListener('drop', () => (document.body.dataset['dropped'] = ''), { once: true }),
  )
  const isDropped = () => page.evaluate(() => document.body.dataset['dropped'] !== undefined)
  const data = { items: [], files, dragOperationsMask: 1 }
  const { width, height } =
    page.viewportSize() ?? (await page.evaluate(() => ({ width: innerWidth, height: innerHeight })))
  const at = { x: Math.round(width / 2), y: Math.round(height / 2), data }
  // A drop that comes before the page has said that it takes the files is no drop.
  for (let attempt = 1; attempt <= DROPS && !(await isDropped()); attempt += 1) {
    await session.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at })
    await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...at })
    await pause(50 * attempt)
    await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...at })
    await session.send('Input.dispatchDragEvent', { type: 'drop', ...at })
    await pause(50 * attempt)
  }
  if (!(await isDropped())) throw new Error(`The page did not take ${files.join(', ')}.`)
  await page.evaluate(() => delete document.body.dataset['dropped'])
  await session.detach()
}

/** Of a process that is a browser, not a Node. Tests that run at the same time share neither display nor clipboard. */
export function environment(): Record<string, string> {
  const {
    ELECTRON_RUN_AS_NODE: _,
    FIELDREEL_DISPLAYS: displays = '',
    VITEST_POOL_ID: worker = '1',
    ...rest
  } = process.env
  const display = displays.split(' ')[Number(worker) - 1]
  // Nothing of a test stays in the caches of whoever runs it.
  const caches = path.join(os.tmpdir(), `fieldreel-test-caches-${worker}`)
  const own = { ...rest, ...(display && { DISPLAY: display }), XDG_CACHE_HOME: caches }
  return Object.fromEntries(
    Object.entries(own).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
