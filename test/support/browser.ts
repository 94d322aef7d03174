import path from 'node:path'
import { _electron, type Page } from 'playwright'
import { onTestFinished } from 'vitest'
import { environment } from './window.ts'

/** What a page asked for and complained of. */
export interface Browser {
  readonly page: Page
  readonly complaints: string[]
  /** Every URL that was asked for. */
  readonly requested: string[]
}

/** A browser of its own, apart from the app: Electron's Chromium with one plain window. Closed when the test ends. */
export async function openBrowser(): Promise<Browser> {
  const main = path.join(import.meta.dirname, 'browser', 'main.cjs')
  const app = await _electron.launch({ args: [main, '--disable-gpu', '--log-level=3'], env: environment() })
  onTestFinished(() => app.close())
  const page = await app.firstWindow()
  const complaints: string[] = []
  const requested: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => requested.push(request.url()))
  return { page, complaints, requested }
}
