import { createSocket } from 'node:dgram'
import { type AddressInfo, createServer } from 'node:net'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
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

  it('sends nothing by WebRTC, and tells no address of this machine', async () => {
    const heard: string[] = []
    const stun = createSocket('udp4', (_message, from) => heard.push(`udp from ${from.address}`))
    const turn = createServer((socket) => {
      heard.push('tcp')
      socket.destroy()
    })
    await new Promise<void>((resolve) => stun.bind(0, '127.0.0.1', resolve))
    await new Promise<void>((resolve) => turn.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      stun.close()
      turn.close()
    })
    const ports = { udp: stun.address().port, tcp: (turn.address() as AddressInfo).port }
    const { page } = await open()
    const gathered = await page.evaluate(async ({ udp, tcp }) => {
      const candidates: string[] = []
      try {
        const iceServers = [
          { urls: `stun:127.0.0.1:${udp}` },
          { urls: `turn:127.0.0.1:${udp}`, username: 'u', credential: 'c' },
          { urls: `turn:127.0.0.1:${tcp}?transport=tcp`, username: 'u', credential: 'c' },
        ]
        const [one, other] = [new RTCPeerConnection({ iceServers }), new RTCPeerConnection({ iceServers })]
        for (const peer of [one, other]) {
          peer.addEventListener('icecandidate', ({ candidate }) => {
            if (candidate?.candidate) candidates.push(candidate.candidate)
          })
        }
        one.createDataChannel('way out')
        await one.setLocalDescription(await one.createOffer())
        if (one.localDescription) await other.setRemoteDescription(one.localDescription)
        await other.setLocalDescription(await other.createAnswer())
      } catch (error) {
        return [`refused: ${String(error)}`].filter(() => candidates.length > 0)
      }
      await new Promise((resolve) => setTimeout(resolve, 3000))
      return candidates
    }, ports)
    expect({ heard, gathered }).toEqual({ heard: [], gathered: [] })
  })

  it('gets no camera, microphone, screen or device', async () => {
    const { page } = await open()
    const answers = await page.evaluate(async () => {
      const attempt = (work: () => Promise<unknown>) =>
        Promise.resolve()
          .then(work)
          .then(
            () => 'allowed',
            () => 'refused',
          )
      return Promise.all([
        attempt(() => navigator.mediaDevices.getUserMedia({ audio: true })),
        attempt(() => navigator.mediaDevices.getUserMedia({ video: true })),
        attempt(() => navigator.mediaDevices.getDisplayMedia()),
        attempt(() => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject))),
      ])
    })
    expect(answers).toEqual(['refused', 'refused', 'refused', 'refused'])
  })

  it('saves no file but exports', async () => {
    const { page } = await open()
    const paths = ['/api/v2/videos/x/file', '/v1/video/tasks/vt_01HZX4T5M6N7P8Q9R0S1T2V3W4/video', '.evil.com/a', 7]
    const answers = await page.evaluate((all) => {
      const { saveMedia } = (window as unknown as { fieldreel: { saveMedia(path: unknown): Promise<void> } }).fieldreel
      return Promise.all(all.map((path) => saveMedia(path).then(() => 'saved', String)))
    }, paths)
    for (const answer of answers) expect(answer).toMatch(/The page may not save this file/)
  })

  it('does not navigate away and opens no other window', async () => {
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
