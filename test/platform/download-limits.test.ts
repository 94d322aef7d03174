import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { download, type Download } from '../../main/platform/download/index.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

async function fetched(url: string, more: Partial<Download> = {}) {
  const file = path.join(await temporaryFolder(), 'video')
  const limits = { maxBytes: 100, timeLimitMs: 5000, stallMs: 2000 }
  const call = { url, file, allowPrivate: true, signal: new AbortController().signal, ...limits, ...more }
  return { file, ended: download(call) }
}

describe('a download', () => {
  it('may have as many bytes as it may, and not one more, declared or not', async () => {
    for (const declared of [true, false]) {
      const url = await serve((request, response) => {
        const bytes = Buffer.alloc(Number(request.url?.slice(1)))
        if (declared) response.setHeader('Content-Length', bytes.length)
        else response.flushHeaders()
        response.end(bytes)
      })
      const { file, ended } = await fetched(`${url}100`)
      expect((await ended).sizeBytes).toBe(100)
      expect(await readFile(file)).toHaveLength(100)
      const more = await fetched(`${url}101`)
      await expect(more.ended).rejects.toMatchObject({ code: 'too_large' })
    }
  })

  it('that declares too much is refused before a byte of it is written', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': 1_000_000 }).write('x')
    })
    const { file, ended } = await fetched(url)
    await expect(ended).rejects.toMatchObject({ code: 'too_large' })
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('that is called off says so, and is no failure of the other side', async () => {
    const aborter = new AbortController()
    const url = await serve((_request, response) => {
      response.write('x')
      setTimeout(() => aborter.abort(), 20)
    })
    const { ended } = await fetched(url, { signal: aborter.signal })
    await expect(ended).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('that takes too long as a whole is ended, however much comes', async () => {
    const url = await serve((_request, response) => {
      const timer = setInterval(() => response.write('x'), 10)
      response.on('close', () => clearInterval(timer))
    })
    const { ended } = await fetched(url, { maxBytes: 1e6, timeLimitMs: 200 })
    await expect(ended).rejects.toMatchObject({
      code: 'media_failed',
      message: expect.stringMatching(/took longer than/) as string,
    })
  })

  it.each([201, 204, 206, 304, 400, 401, 403, 404, 410, 500, 503])('answered with %d fails', async (status) => {
    const url = await serve((_request, response) => void response.writeHead(status).end())
    const { ended } = await fetched(url)
    await expect(ended).rejects.toThrow(`The server answered ${status}.`)
  })
})
