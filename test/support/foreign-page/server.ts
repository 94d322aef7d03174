import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { build, type Rolldown } from 'vite'
import { onTestFinished } from 'vitest'

const PAGE =
  '<!doctype html><meta charset="utf-8"><title>Another site</title><script type="module" src="/page.js"></script>'

/** Serves `page.ts` and a film at an origin of its own, until the test ends. @returns the origin. */
export async function serveForeignPage(film: string): Promise<string> {
  const script = await bundle()
  const server = http.createServer(({ url }, response) => {
    if (url === '/film.mp4') createReadStream(film).pipe(response.setHeader('Content-Type', 'video/mp4'))
    else if (url === '/page.js') response.setHeader('Content-Type', 'text/javascript').end(script)
    else response.setHeader('Content-Type', 'text/html').end(PAGE)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function bundle(): Promise<string> {
  const built = (await build({
    ...{ configFile: false, logLevel: 'silent' },
    build: {
      ...{ write: false, minify: false },
      lib: { entry: path.join(import.meta.dirname, 'page.ts'), formats: ['es'], fileName: 'page' },
    },
  })) as Rolldown.RolldownOutput[]
  return built[0]!.output[0].code
}
