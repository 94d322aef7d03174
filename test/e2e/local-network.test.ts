import fs from 'node:fs/promises'
import https from 'node:https'
import path from 'node:path'
import type { TLSSocket } from 'node:tls'
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { violations } from '../support/axe.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { openWindow } from '../support/window.ts'

/** The control that a person presses: the input itself is drawn over by its track. */
const pressSwitch = (page: Page, name: string) => page.getByLabel(name).locator('..').click({ force: true })

/** Status of `/healthz` on that port, trusting the library's own certificate only. */
async function health(data: string, port: string): Promise<[status: number, fingerprint: string]> {
  const ca = await fs.readFile(path.join(data, 'tls', 'certificate.pem'), 'utf8')
  return await new Promise((resolve, reject) => {
    https
      .get(`https://127.0.0.1:${port}/healthz`, { ca, agent: false }, (response) => {
        const { statusCode, socket } = response
        const { fingerprint256 } = (socket as TLSSocket).getPeerCertificate()
        response.resume()
        resolve([statusCode ?? 0, fingerprint256])
      })
      .once('error', reject)
  })
}

async function openSettings(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByLabel('Run the local server').waitFor({ state: 'attached' })
}

it('other computers are let in only after reading what that means, and that is remembered', async () => {
  const data = path.join(await temporaryFolder(), 'data')
  const first = await openWindow(data)
  const { page } = first
  page.setDefaultTimeout(15_000)
  await openSettings(page)
  expect(await page.getByLabel('Allow other computers').isDisabled()).toBe(true)
  await page.getByLabel('Port').fill('48787')
  await pressSwitch(page, 'Run the local server')
  await page.getByText('Running on port 48787').waitFor()

  const foreign = async () =>
    (await fetch('http://127.0.0.1:48787/healthz', { headers: { origin: 'https://reel.example.com' } })).status
  expect(await foreign()).toBe(403)
  await page.getByLabel('Allow web pages').fill('reel.example.com')
  await page.getByLabel('Allow web pages').press('Enter')
  await page.getByRole('alert').getByText('Expected an origin such as https://reel.example.com.').waitFor()
  await page.getByLabel('Allow web pages').fill('https://reel.example.com')
  await page.getByLabel('Allow web pages').press('Enter')
  await page.getByText('https://reel.example.com', { exact: true }).waitFor()
  expect(await foreign()).toBe(200)

  await pressSwitch(page, 'Allow other computers')
  const dialog = page.getByRole('dialog', { name: 'Allow other computers?' })
  await dialog.waitFor()
  await page.waitForTimeout(400)
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Enter') // What has the focus is Cancel.
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText('Off: this computer only').waitFor()
  expect(await fs.readdir(data)).not.toContain('tls')

  await pressSwitch(page, 'Allow other computers')
  await dialog.getByRole('button', { name: 'Allow access' }).click()
  await page.getByText('On, encrypted').waitFor()
  const [status, fingerprint] = await health(data, '48788')
  expect(status).toBe(200)
  const shown = page.getByRole('button', { name: 'Copy fingerprint' }).locator('..').locator('code')
  expect((await shown.innerText()).replace(/\s/g, '')).toBe(fingerprint)
  await first.close()

  const second = await openWindow(data)
  await openSettings(second.page)
  await second.page.getByText('On, encrypted').waitFor()
  expect(await health(data, '48788')).toEqual([200, fingerprint])
  await pressSwitch(second.page, 'Allow other computers')
  await second.page.getByText('Off: this computer only').waitFor()
  await expect(health(data, '48788')).rejects.toThrow()
  expect([...first.complaints, ...second.complaints]).toEqual([])
})
