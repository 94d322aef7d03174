import { describe, expect, it } from 'vitest'
import { isOwnHost, type Bound } from '../../main/transport/http/host-check.ts'

const LOOPBACK: Bound = { host: '127.0.0.1', port: 8420, scheme: 'http' }
const asks = (host: string | undefined, origin?: string, bound: Partial<Bound> = {}) =>
  isOwnHost({ host, origin }, { ...LOOPBACK, ...bound })

describe('Host', () => {
  it.each(['127.0.0.1:8420', 'localhost:8420', 'LOCALHOST:8420', '[::1]:8420'])('lets %s in', (host) => {
    expect(asks(host)).toBe(true)
  })

  it.each([
    undefined,
    '',
    'evil.example:8420',
    '127.0.0.1:8421',
    '127.0.0.1',
    '127.0.0.1.evil.example:8420',
    'localhost.evil.example:8420',
    '192.168.1.5:8420',
  ])('refuses %s', (host) => {
    expect(asks(host)).toBe(false)
  })

  it('knows the host it was bound to', () => {
    expect(asks('edit-1.local:8420', undefined, { host: 'Edit-1.local', port: 8420 })).toBe(true)
    expect(asks('[fd00::5]:8420', undefined, { host: 'fd00::5', port: 8420 })).toBe(true)
  })

  it('takes literal addresses but no names when every address is bound', () => {
    const bound = { host: '0.0.0.0', port: 8420 }
    expect(asks('192.168.1.5:8420', undefined, bound)).toBe(true)
    expect(asks('[fd00::5]:8420', undefined, bound)).toBe(true)
    expect(asks('evil.example:8420', undefined, bound)).toBe(false)
    expect(asks('192.168.1.5:81', undefined, bound)).toBe(false)
  })

  it('takes only the names of this machine when it knows them', () => {
    const bound: Partial<Bound> = {
      host: '0.0.0.0',
      scheme: 'https',
      names: () => ['192.168.1.5', 'fd00::5', 'Edit-1'],
    }
    for (const host of ['192.168.1.5:8420', '[fd00::5]:8420', 'edit-1:8420', 'localhost:8420']) {
      expect(asks(host, undefined, bound)).toBe(true)
    }
    for (const host of ['192.168.1.6:8420', '192.168.1.5:8421', '192.168.1.5', 'evil.example:8420']) {
      expect(asks(host, undefined, bound)).toBe(false)
    }
  })

  it('needs no port on port 80', () => {
    expect(asks('localhost', undefined, { host: '127.0.0.1', port: 80 })).toBe(true)
  })
})

describe('Origin', () => {
  it.each(['http://127.0.0.1:8420', 'http://localhost:8420', 'http://[::1]:8420'])('lets %s in', (origin) => {
    expect(asks('127.0.0.1:8420', origin)).toBe(true)
  })

  it.each([
    'null',
    '',
    'http://evil.example',
    'http://localhost:3000',
    'https://localhost:8420',
    'file://',
    'http://6.6.6.6:8420',
  ])('refuses %j', (origin) => {
    expect(asks('127.0.0.1:8420', origin)).toBe(false)
  })

  it('has the scheme of the server it arrives at', () => {
    expect(asks('127.0.0.1:8420', 'https://127.0.0.1:8420', { scheme: 'https' })).toBe(true)
    expect(asks('127.0.0.1:8420', 'http://127.0.0.1:8420', { scheme: 'https' })).toBe(false)
  })

  it('is accepted from the address it was served from', () => {
    const bound = { host: '0.0.0.0', port: 8420 }
    expect(asks('192.168.1.5:8420', 'http://192.168.1.5:8420', bound)).toBe(true)
    expect(asks('192.168.1.5:8420', 'http://6.6.6.6:8420', bound)).toBe(false)
  })
})
