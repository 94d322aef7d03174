import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { openWindow } from '../support/window.ts'

const open = async () => openWindow(path.join(await temporaryFolder(), 'data'))

describe('the window', () => {
  it('opens on an empty library, and nothing slips into it by itself', async () => {
    const { page } = await open()
    await page.getByText('Drop your footage here').first().waitFor()
    await page.waitForTimeout(2000)
    expect(await page.getByText('Drop your footage here').first().isVisible()).toBe(true)
  })

  it('gives its page no more than the bridge', async () => {
    const { page } = await open()
    expect(
      await page.evaluate(() => Object.keys((window as unknown as { fieldreel: object }).fieldreel).toSorted()),
    ).toEqual(['chooseFiles', 'chooseFolder', 'connect', 'openInBrowser', 'pathOf', 'platform', 'saveMedia', 'window'])
    expect(await page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in globalThis))).toEqual([])
  })

  it('runs no script but its own, reads no file and reaches no network', async () => {
    const { page } = await open()
    const tried = await page.evaluate(async () => {
      const attempt = (work: () => Promise<unknown>) =>
        work().then(
          () => 'allowed',
          () => 'refused',
        )
      const script = document.createElement('script')
      script.textContent = 'document.documentElement.dataset.injected = "yes"'
      document.head.append(script)
      return {
        inline: document.documentElement.dataset['injected'] ?? 'refused',
        file: await attempt(() => fetch('file:///etc/passwd')),
        network: await attempt(() => fetch('http://127.0.0.1:9/')),
        outside: await fetch('app://fieldreel/../../package.json').then(
          ({ status }) => status,
          () => 'refused',
        ),
      }
    })
    expect(tried).toEqual({ inline: 'refused', file: 'refused', network: 'refused', outside: 404 })
  })

  it('has nothing saved but what is made to be given away', async () => {
    const { page } = await open()
    const paths = ['/api/v2/videos/x/file', '/v1/video/tasks/vt_01HZX4T5M6N7P8Q9R0S1T2V3W4/video', '.evil.com/a', 7]
    const answers = await page.evaluate((all) => {
      const { saveMedia } = (window as unknown as { fieldreel: { saveMedia(path: unknown): Promise<void> } }).fieldreel
      return Promise.all(all.map((path) => saveMedia(path).then(() => 'saved', String)))
    }, paths)
    for (const answer of answers) expect(answer).toMatch(/The page may not have that saved/)
  })

  it('goes nowhere else and opens no other window', async () => {
    const { app, page } = await open()
    const before = page.url()
    await page.evaluate(() => {
      window.open('https://example.com/')
      location.href = 'https://example.com/'
    })
    await page.waitForTimeout(300)
    expect(page.url()).toBe(before)
    expect(app.windows()).toHaveLength(1)
  })

  it('answers its own page only', async () => {
    const { app } = await open()
    const answered = await app.evaluate(async ({ BrowserWindow }) => {
      const stranger = new BrowserWindow({
        show: false,
        webPreferences: { nodeIntegration: true, contextIsolation: false },
      })
      await stranger.loadURL('data:text/html,stranger')
      const script = `require('electron').ipcRenderer.invoke('fieldreel:choose-files').then(() => 'answered', (e) => e.message)`
      return (await stranger.webContents.executeJavaScript(script)) as string
    })
    expect(answered).toMatch(/Only the Fieldreel window may ask that/)
  })
})
