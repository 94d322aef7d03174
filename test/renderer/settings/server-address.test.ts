import { expect, test } from 'vitest'
import type { ServerState } from '../../../main/contract/index.ts'
import { docsUrl, fingerprintRows, isPort, networkHint } from '../../../renderer/features/settings/server-address.ts'

test('a port is a whole number from 0 to 65535; an emptied field is none', () => {
  expect([0, 8787, 65_535].every(isPort)).toBe(true)
  expect(['', '8787', -1, 65_536, 80.5].some(isPort)).toBe(false)
})

test('the documentation lies below the root, with or without its slash', () => {
  expect(docsUrl('http://127.0.0.1:8787')).toBe('http://127.0.0.1:8787/docs')
  expect(docsUrl('http://127.0.0.1:8787/')).toBe('http://127.0.0.1:8787/docs')
})

test('the network server shows its state', () => {
  const off: ServerState['network'] = { running: false, urls: [], fingerprint: null, errorMessage: null }
  const server: ServerState = {
    running: true,
    url: 'http://127.0.0.1:8787',
    port: 8787,
    errorMessage: null,
    allowedOrigins: [],
    network: off,
  }
  const open = (urls: string[]): ServerState => ({ ...server, network: { ...off, running: true, urls } })
  expect(networkHint({ ...server, running: false, url: null }, undefined)).toBe('Requires the local server.')
  expect(networkHint(server, undefined)).toBe('Off: this computer only')
  expect(networkHint(server, true)).toBe('Starting')
  expect(networkHint(open(['https://192.168.1.5:8788']), undefined)).toBe('On, encrypted, port 8788')
  expect(networkHint(open([]), undefined)).toBe('On, encrypted')
  expect(networkHint(open([]), false)).toBe('Stopping')
})

test('a fingerprint is shown whole, eight bytes a row', () => {
  const bytes = Array.from({ length: 32 }, (_, index) => (index + 16).toString(16).toUpperCase())
  const rows = fingerprintRows(bytes.join(':'))
  expect(rows).toHaveLength(4)
  expect(rows[0]).toBe('10:11:12:13:14:15:16:17:')
  expect(rows.join('')).toBe(bytes.join(':'))
})
