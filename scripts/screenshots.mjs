// @ts-check
// Takes the README's pictures in the real window:
//   node scripts/screenshots.mjs --data LIBRARY --video TITLE FILE…   (FILEs are imported for the picture of Uploads)
// LIBRARY is one made for it, with a task that has ended, an album and views: FILEs are added and cancelled again.
import fs from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { _electron } from 'playwright'
import { ensureBuilt } from './build.mjs'
import { openDisplay } from './display.mjs'
import { root } from './setup/folders.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' }, video: { type: 'string' } },
})
const { data, video } = values
if (!data || !video) throw new Error('Say --data LIBRARY and --video TITLE.')

const docs = path.join(root, 'docs')
await fs.mkdir(docs, { recursive: true })
await ensureBuilt()
const display = await openDisplay()
const env = /** @type {Record<string, string>} */ ({ ...process.env, ...display.env })
const app = await _electron.launch({ args: ['.', '--data', data, '--disable-gpu', '--log-level=3'], cwd: root, env })
const page = await app.firstWindow()

/** @param {string} name */
const shoot = async (name) => {
  // pictures load and panes settle
  await page.waitForTimeout(1200)
  await page.screenshot({ path: path.join(docs, `${name}.png`) })
}

/** @param {'dark' | 'light'} scheme */
const setScheme = async (scheme) => {
  await page.evaluate(`localStorage.setItem('mantine-color-scheme-value', '${scheme}')`)
  await page.reload()
  await page.waitForSelector('html[data-ready="true"]')
}

try {
  for (const scheme of /** @type {const} */ (['dark', 'light'])) {
    await setScheme(scheme)
    await page
      .getByRole('navigation', { name: 'Places' })
      .getByRole('link', { name: /Library/ })
      .click()
    await page.getByText(video).first().click()
    await shoot(`library-${scheme}`)
    await page.getByText(video).first().dblclick()
    await page.locator('video').waitFor()
    await page.waitForTimeout(1500)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await shoot(`video-${scheme}`)
    await page.getByRole('link', { name: 'Settings', exact: true }).click()
    await shoot(`settings-${scheme}`)
  }
  await page.getByRole('link', { name: /^Albums/ }).click()
  await page.getByRole('gridcell').first().dblclick()
  await shoot('album-light')
  await setScheme('dark')
  await page.getByRole('link', { name: 'Analytics' }).click()
  await shoot('analytics-dark')
  await page.getByRole('link', { name: /^Tasks/ }).click()
  await page.getByRole('main').getByRole('link').first().click()
  await page.locator('video').waitFor()
  await page.evaluate("document.querySelector('video').currentTime = 12")
  await shoot('task-dark')
  await page.goBack()
  await page.getByRole('link', { name: /Uploads/ }).click()
  await app.evaluate(
    ({ app: electron }, files) => electron.emit('second-instance', {}, files, '/'),
    ['electron', '.', ...positionals.map((file) => path.resolve(file))],
  )
  await page.waitForTimeout(4000)
  await shoot('uploads-dark')
} finally {
  await app.close()
  display.close()
}
