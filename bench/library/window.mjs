// @ts-check
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { _electron } from 'playwright'
import { runnerImport } from 'vite'
import { quantile } from '../upload/figures.mjs'

const ROOT = path.resolve(import.meta.dirname, '..', '..')
/** From the last key of a search to its first answer on the screen, milliseconds. */
const SEARCH_MS = 100
/** What Chromium calls a long task, milliseconds. */
const LONG_TASK_MS = 50
const SEARCHES = ['walk 77', 'clip_9', 'site walk 12345', 'e', 'walk 31']

/**
 * Runs in the page: resolves with the milliseconds from now until `look` answers true in a frame that was drawn.
 * @param {string} look
 */
const drawn = (look) => `new Promise((resolve) => {
  const begunAt = performance.now()
  const ask = () => (${look}) ? requestAnimationFrame(() => resolve(performance.now() - begunAt)) : requestAnimationFrame(ask)
  ask()
})`

const CARDS = `document.querySelectorAll('[role="grid"] [data-video]:not([aria-busy])').length > 0`

/**
 * Drives the library's grid in the real window.
 * @param {number} count of videos
 */
export async function measureWindow(count) {
  const data = await fs.mkdtemp(path.join(os.tmpdir(), 'fieldreel-bench-'))
  try {
    const support = await runnerImport(path.join(ROOT, 'test/support/many-videos.ts'), { configFile: false })
    const { addManyVideos } = /** @type {typeof import('../../test/support/many-videos.ts')} */ (support.module)
    addManyVideos(path.join(data, 'fieldreel.db'), count)
    const app = await _electron.launch({ args: [ROOT, '--data', data, '--disable-gpu'], cwd: ROOT, timeout: 60_000 })
    try {
      return report(await drive(await app.firstWindow(), count))
    } finally {
      await app.close()
    }
  } finally {
    await fs.rm(data, { recursive: true, force: true })
  }
}

/**
 * @param {import('playwright').Page} page
 * @param {number} count
 */
async function drive(page, count) {
  const ms = async (/** @type {string} */ look) => /** @type {number} */ (await page.evaluate(drawn(look)))
  await page.waitForSelector('html[data-ready="true"]')
  const first = await ms(CARDS)
  await page.evaluate(`window.longTasks = []
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
      .observe({ type: 'longtask' })`)
  const searches = []
  for (const words of SEARCHES) searches.push(await search(page, words))
  await page.locator('#library-search').fill('')
  await ms(`!document.querySelector('[role="status"]')?.textContent?.includes('hit') && ${CARDS}`)
  await page.locator('[role="grid"] [data-video]').first().click()
  await page.keyboard.press('Control+End')
  const end = await ms(`document.activeElement?.hasAttribute('data-video') && ${CARDS}`)
  await page.keyboard.press('Control+a')
  const all = count.toLocaleString('en-GB')
  const selected = await ms(`document.body.textContent.includes('${all} selected')`)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Needs you' }).click()
  const filtered = await ms(`document.body.textContent.includes('No videos to show')`)
  const longTasks = /** @type {number[]} */ (await page.evaluate('window.longTasks'))
  return { first, searches, end, selected, filtered, longTasks }
}

/**
 * Types and waits for the hits, which begin to be searched for with the last key.
 * @param {import('playwright').Page} page
 * @param {string} words
 */
async function search(page, words) {
  const field = page.locator('#library-search')
  await field.fill('')
  await page.evaluate(drawn(CARDS))
  await field.pressSequentially(words.slice(0, -1), { delay: 60 })
  await page.waitForTimeout(500)
  // Timed in the page, from the key to the frame: the way from here to there is not the window's.
  await page.evaluate(`window.answered = new Promise((resolve) => {
    const field = document.querySelector('#library-search')
    const grid = document.querySelector('[role="grid"]')
    const before = grid?.getAttribute('aria-rowcount')
    field.addEventListener('input', () => {
      const begunAt = performance.now()
      const look = () => document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount') !== before
        ? requestAnimationFrame(() => resolve(performance.now() - begunAt))
        : performance.now() - begunAt > 5000 ? resolve(NaN) : requestAnimationFrame(look)
      look()
    }, { once: true })
  })
  void 0`)
  await field.pressSequentially(words.slice(-1))
  return /** @type {number} */ (await page.evaluate('window.answered'))
}

/** @param {Awaited<ReturnType<typeof drive>>} times */
function report({ first, searches, end, selected, filtered, longTasks }) {
  const told = searches.filter((ms) => !Number.isNaN(ms))
  const longest = Math.max(0, ...longTasks)
  const rows = [
    { name: 'first cards after the window can be used', ms: first, kept: true },
    {
      name: 'search: median from the last key to its answer',
      ms: quantile(told, 0.5),
      kept: quantile(told, 0.5) < SEARCH_MS,
    },
    { name: 'search: slowest', ms: Math.max(...told), kept: true },
    { name: 'to the last video and its cards', ms: end, kept: true },
    { name: 'Ctrl A until the count is shown', ms: selected, kept: true },
    { name: '“Needs you” until it is answered', ms: filtered, kept: true },
    { name: `longest of ${longTasks.length} long tasks`, ms: longest, kept: longest <= LONG_TASK_MS },
  ]
  process.stdout.write("\nThe window's grid, ms\n")
  for (const { name, ms, kept } of rows)
    process.stdout.write(`${name.padEnd(64)}${ms.toFixed(0).padStart(9)}${kept ? '' : '  MISSED'}\n`)
  return rows
}
