import dns from 'node:dns'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { readFile } from 'node:fs/promises'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type * as addresses from '../../main/base/ip-address.ts'
import { guardedLookup } from '../../main/platform/download/guard.ts'
import { download } from '../../main/platform/download/index.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Stands for an address of the public internet: the only one of this machine that downloads may lead to here. */
const PUBLIC = '127.0.0.2'

vi.mock('../../main/base/ip-address.ts', async (original) => {
  const { isPrivateAddress } = await original<typeof addresses>()
  return { isPrivateAddress: (address: string) => address !== PUBLIC && isPrivateAddress(address) }
})

afterEach(() => void vi.restoreAllMocks())

type Address = readonly [address: string, family: 4 | 6]
const v4 = (address: string): Address => [address, 4]

/** Answers each question for a name with the next list of addresses, and the last list from then on. */
function answerNames(...answers: readonly (readonly Address[])[]) {
  let asked = 0
  return vi.spyOn(dns, 'lookup').mockImplementation(((_name: string, options: unknown, callback: unknown) => {
    const list = answers[Math.min(asked++, answers.length - 1)] ?? []
    const addresses = list.map(([address, family]) => ({ address, family }))
    const tell = (typeof options === 'function' ? options : callback) as (...answer: unknown[]) => void
    const all = typeof options === 'object' && options !== null && 'all' in options && options.all === true
    setImmediate(() => (all ? tell(null, addresses) : tell(null, addresses[0]?.address, addresses[0]?.family)))
  }) as never)
}

async function listenOn(host: string, port: number, listener: RequestListener): Promise<Server> {
  const server = createServer(listener)
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return server
}

const portOf = (server: Server) => (server.address() as AddressInfo).port

async function fetched(url: string, allowPrivate = false) {
  const file = path.join(await temporaryFolder(), 'video')
  const limits = { maxBytes: 1000, timeLimitMs: 5000, stallMs: 2000 }
  await download({ url, file, allowPrivate, signal: new AbortController().signal, ...limits })
  return await readFile(file, 'utf8')
}

const PRIVATE_ANSWER = { code: 'invalid_input', message: expect.stringMatching(/private network/) as string }

// macOS answers on 127.0.0.1 alone.
describe.skipIf(process.platform === 'darwin')('a name', () => {
  it.each<[what: string, answer: readonly Address[]]>([
    ['one private address', [v4('10.0.0.1')]],
    ['a public and then a private address', [v4(PUBLIC), v4('10.0.0.1')]],
    ['a private and then a public address', [v4('192.168.0.9'), v4(PUBLIC)]],
    ['a private address among many', [v4(PUBLIC), v4(PUBLIC), v4('169.254.169.254'), v4(PUBLIC)]],
    ['a private address written as IPv6', [v4(PUBLIC), ['::ffff:127.0.0.1', 6]]],
    ['a public address and the loopback of IPv6', [v4(PUBLIC), ['::1', 6]]],
  ])('that leads to %s is not connected to', async (_what, answer) => {
    let asked = 0
    const server = await listenOn(PUBLIC, 0, (_request, response) => {
      asked += 1
      response.end('film')
    })
    answerNames(answer)
    await expect(fetched(`http://films.example:${portOf(server)}/a.mp4`)).rejects.toMatchObject(PRIVATE_ANSWER)
    expect(asked).toBe(0)
  })

  it('that leads to public addresses only is fetched from', async () => {
    const server = await listenOn(PUBLIC, 0, (_request, response) => void response.end('film'))
    answerNames([v4(PUBLIC), v4(PUBLIC)])
    expect(await fetched(`http://films.example:${portOf(server)}/a.mp4`)).toBe('film')
  })

  it('is asked for once, and connected to where that answer led', async () => {
    const outside = await listenOn(PUBLIC, 0, (_request, response) => void response.end('outside'))
    await listenOn('127.0.0.1', portOf(outside), (_request, response) => void response.end('inside'))
    // Every later question would be answered with this machine.
    const names = answerNames([v4(PUBLIC)], [v4('127.0.0.1')])
    expect(await fetched(`http://films.example:${portOf(outside)}/a.mp4`)).toBe('outside')
    expect(names).toHaveBeenCalledTimes(1)
  })

  it('is checked again at every redirect', async () => {
    const outside = await listenOn(PUBLIC, 0, (request, response) => {
      if (request.url === '/a.mp4') response.writeHead(302, { Location: '/b.mp4' }).end()
      else response.end('outside')
    })
    await listenOn('127.0.0.1', portOf(outside), (_request, response) => void response.end('inside'))
    answerNames([v4(PUBLIC)], [v4('127.0.0.1')])
    await expect(fetched(`http://films.example:${portOf(outside)}/a.mp4`)).rejects.toMatchObject(PRIVATE_ANSWER)
  })

  it('that does not resolve is refused as such', async () => {
    answerNames([])
    await expect(fetched('http://films.example/a.mp4')).rejects.toMatchObject({
      code: 'media_failed',
      message: expect.stringMatching(/ENOTFOUND/) as string,
    })
  })

  it('may be private where that is allowed', async () => {
    const server = await listenOn('127.0.0.1', 0, (_request, response) => void response.end('inside'))
    answerNames([v4('127.0.0.1')])
    expect(await fetched(`http://films.example:${portOf(server)}/a.mp4`, true)).toBe('inside')
  })

  it('gives a caller who wants one address the first, and one who wants all of them all', async () => {
    answerNames([v4(PUBLIC), ['2606:4700::1', 6]])
    const ask = (options: object) =>
      new Promise((resolve) => guardedLookup(false)('films.example', options, (...answer) => resolve(answer)))
    expect(await ask({})).toEqual([null, PUBLIC, 4])
    expect(await ask({ all: true })).toEqual([
      null,
      [
        { address: PUBLIC, family: 4 },
        { address: '2606:4700::1', family: 6 },
      ],
    ])
  })
})

describe.skipIf(process.platform === 'darwin')('a redirect', () => {
  const inside = ['127.0.0.1', '[::ffff:10.0.0.1]', '[::1]', '169.254.169.254', '0x7f.1', '2130706433', 'localhost']

  it.each(inside)('to http://%s is not followed', async (host) => {
    const server = await listenOn(PUBLIC, 0, (request, response) => {
      // Several steps outside first: the last one counts as much as the first.
      const step = Number(request.url?.slice(1))
      const location = step < 3 ? `/${step + 1}` : `http://${host}:${portOf(server)}/inside`
      response.writeHead(302, { Location: location }).end()
    })
    let reached = 0
    await listenOn('127.0.0.1', portOf(server), (_request, response) => {
      reached += 1
      response.end('inside')
    })
    await expect(fetched(`http://${PUBLIC}:${portOf(server)}/1`)).rejects.toMatchObject(PRIVATE_ANSWER)
    expect(reached).toBe(0)
  })

  it.each([301, 302, 303, 307, 308])('with status %d is followed to a public address', async (status) => {
    const server = await listenOn(PUBLIC, 0, (request, response) => {
      if (request.url === '/there') response.end('film')
      else response.writeHead(status, { Location: `//${PUBLIC}:${portOf(server)}/there` }).end()
    })
    expect(await fetched(`http://${PUBLIC}:${portOf(server)}/`)).toBe('film')
  })

  it('is followed five times and not six', async () => {
    const server = await listenOn(PUBLIC, 0, (request, response) => {
      const left = Number(request.url?.slice(1))
      if (left === 0) response.end('film')
      else response.writeHead(302, { Location: `/${left - 1}` }).end()
    })
    expect(await fetched(`http://${PUBLIC}:${portOf(server)}/5`)).toBe('film')
    await expect(fetched(`http://${PUBLIC}:${portOf(server)}/6`)).rejects.toThrow(/redirected too often/)
  })

  it.each(['file:///etc/passwd', 'ftp://example.com/a', 'data:video/mp4;base64,AA', 'http://'])(
    'to %s is refused',
    async (location) => {
      const server = await listenOn(PUBLIC, 0, (_request, response) => {
        response.writeHead(302, { Location: location }).end()
      })
      await expect(fetched(`http://${PUBLIC}:${portOf(server)}/`)).rejects.toThrow()
    },
  )
})
