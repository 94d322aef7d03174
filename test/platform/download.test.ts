import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isPrivateAddress } from '../../main/base/ip-address.ts'
import { checkUrl, guardedLookup } from '../../main/platform/download/guard.ts'
import { download, type Download } from '../../main/platform/download/index.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const REFUSED = [
  ...['127.0.0.1', '127.1', '127.0.0.1.', '2130706433', '0x7f000001', '0177.0.0.1', '0x7f.1', '127.255.255.254'],
  ...['0.0.0.0', '0', '10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.1.1', '192.0.0.1'],
  ...['169.254.169.254', '169.254.0.1', '100.64.0.1', '100.127.255.255', '198.18.0.1', '224.0.0.1', '240.0.0.1'],
  ...['255.255.255.255', 'localhost', 'LOCALHOST', 'localhost.', 'a.localhost', '[::1]', '[::]', '[0:0:0:0:0:0:0:1]'],
  ...['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:10.0.0.1]', '[::127.0.0.1]', '[fe80::1]', '[fd00::1]'],
  ...['[fc00::1]', '[fd00:ec2::254]', '[64:ff9b::127.0.0.1]', '[64:ff9b::a9fe:a9fe]', '[2002:7f00:1::]', '[ff02::1]'],
  // An IPv4 address within, and something public behind it.
  ...['[2002:c0a8:101:808:808::1]', '[64:ff9b::192.168.0.1]', '[::ffff:0:192.168.1.1]', '[2002:a00:1:808::]'],
  ...['[2001::1]', '[fec0::1]', '[::ffff:0:127.0.0.1]', '%31%32%37.0.0.1', '①②⑦.0.0.1', '127。0。0。1'],
]
const ALLOWED = [
  ...['example.com', '8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1', '11.0.0.1'],
  ...[
    '[2606:4700::1111]',
    '[::ffff:8.8.8.8]',
    '[64:ff9b::8.8.8.8]',
    '[2002:808:808:a00:1::]',
    'localhost.example.com',
    '127.0.0.1.example.com',
  ],
]

describe('the guard of downloads', () => {
  it.each(REFUSED)('refuses http://%s', (host) => {
    for (const url of [`http://${host}/a.mp4`, `https://user:pass@${host}:8443/a.mp4`, `http://example.com@${host}/`]) {
      expect(() => checkUrl(url, false)).toThrow(/private network|no URL/)
    }
  })

  it.each(ALLOWED)('lets http://%s pass', (host) => {
    expect(checkUrl(`http://${host}/a.mp4`, false).pathname).toBe('/a.mp4')
  })

  it.each([
    'file:///etc/passwd',
    'ftp://example.com/a',
    'gopher://example.com',
    'data:video/mp4;base64,AA',
    'a.mp4',
    '',
  ])('refuses %s', (url) => {
    expect(() => checkUrl(url, true)).toThrow(/http or https|no URL/)
  })

  it('takes what is no address for private', () => {
    expect(isPrivateAddress('not an address')).toBe(true)
    expect(isPrivateAddress('fe80::1%eth0')).toBe(true)
  })

  it('checks the very address that is connected to', async () => {
    const asked = new Promise<Error | null>((resolve) => {
      guardedLookup(false)('localhost', {}, (error) => resolve(error))
    })
    expect((await asked)?.message).toMatch(/private network/)
  })
})

describe('a download', () => {
  it('is the bytes, and what they hash to', async () => {
    const [downloaded, file] = await fetched((_request, response) => void response.end('fieldreel'))
    expect(downloaded).toEqual({
      sizeBytes: 9,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    })
    expect(await readFile(file, 'utf8')).toBe('fieldreel')
  })

  it('follows redirects, and checks each', async () => {
    const [downloaded] = await fetched((request, response) => {
      if (request.url === '/there') response.end('there')
      else response.writeHead(302, { Location: '/there' }).end()
    })
    expect(downloaded.sizeBytes).toBe(5)
    const away =
      (location: string): RequestListener =>
      (_request, response) =>
        void response.writeHead(302, { Location: location }).end()
    await expect(fetched(away('file:///etc/passwd'))).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(fetched(away('/again'))).rejects.toThrow(/redirected too often/)
  })

  it.each<[what: string, listener: RequestListener, more: Partial<Download>, message: RegExp]>([
    ['a failure', (_request, response) => void response.writeHead(404).end(), {}, /answered 404/],
    ['too much, and says so', (_r, response) => void response.end('x'.repeat(100)), { maxBytes: 50 }, /larger than/],
    [
      'too much, in pieces',
      (_request, response) => {
        response.write('x'.repeat(40))
        setTimeout(() => response.end('x'.repeat(40)), 20)
      },
      { maxBytes: 50 },
      /larger than/,
    ],
    ['silence', () => undefined, { stallMs: 50 }, /silent/],
    [
      'a break',
      (_request, response) => {
        response.writeHead(200, { 'Content-Length': 100 }).write('x')
        setTimeout(() => response.destroy(), 20)
      },
      {},
      /could not be fetched/,
    ],
  ])('fails on %s', async (_what, listener, more, message) => {
    await expect(fetched(listener, more)).rejects.toThrow(message)
  })
})

async function fetched(listener: RequestListener, more: Partial<Download> = {}) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const file = path.join(await temporaryFolder(), 'video')
  const limits = { maxBytes: 1000, timeLimitMs: 5000, stallMs: 2000 }
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const call = { url, file, allowPrivate: true, signal: new AbortController().signal, ...limits, ...more }
  return [await download(call), file] as const
}
