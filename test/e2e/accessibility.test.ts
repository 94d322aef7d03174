import path from 'node:path'
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { FRIDAY } from '../fixtures/clips.ts'
import { violations } from '../support/axe.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { openWindow } from '../support/window.ts'

async function setScheme(page: Page, scheme: 'dark' | 'light'): Promise<void> {
  await page.evaluate((value) => localStorage.setItem('mantine-color-scheme-value', value), scheme)
  await page.reload()
  await page.waitForSelector('html[data-ready="true"]')
}

it.each(['dark', 'light'] as const)('every view has no axe violations, in %s', async (scheme) => {
  const { page } = await openWindow(path.join(await temporaryFolder(), 'data'))
  await setScheme(page, scheme)
  const found: Record<string, string[]> = {}
  const look = async (view: string) => {
    // What fades in is judged when it is there.
    await page.waitForTimeout(400)
    found[view] = await violations(page)
  }
  await page.getByText('Drop your footage here').first().waitFor()
  await look('empty library')
  await page.getByRole('link', { name: /Uploads/ }).click()
  await look('empty uploads')
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await look('settings')
  await page.keyboard.press('Control+k')
  await look('palette')
  await page.keyboard.press('Escape')
  expect(found).toEqual({ 'empty library': [], 'empty uploads': [], settings: [], palette: [] })
})

it.each(['dark', 'light'] as const)('views with footage have no axe violations, in %s', async (scheme) => {
  const { page } = await openWindow(path.join(await temporaryFolder(), 'data'), FRIDAY)
  await setScheme(page, scheme)
  await page.getByText('1 scene').first().waitFor({ timeout: 60_000 })
  const found: Record<string, string[]> = { library: await violations(page) }
  await page.getByRole('link', { name: /Uploads/ }).click()
  await page.getByText('Ready').first().waitFor()
  found['uploads'] = await violations(page)
  await page.getByRole('link', { name: /Library/ }).click()
  await page.getByText('friday').first().dblclick()
  await page.getByRole('region', { name: 'Timeline' }).waitFor()
  await page.waitForTimeout(600)
  found['video'] = await violations(page)
  await page.keyboard.press('a')
  await page.getByRole('slider', { name: 'Sensitivity' }).waitFor()
  found['adjusting'] = await violations(page)
  expect(found).toEqual({ library: [], uploads: [], video: [], adjusting: [] })
})
