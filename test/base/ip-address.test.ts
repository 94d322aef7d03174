import { expect, it } from 'vitest'
import { isLocalAddress, isLoopback, isPrivateAddress, networkOf, plainAddress } from '../../main/base/ip-address.ts'

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
])('counts %s as %s', (address, caller) => {
  expect(networkOf(address)).toBe(caller)
})

it.each([
  ['192.168.0.9', true],
  ['100.64.0.1', true],
  ['127.0.0.1', true],
  ['::1', true],
  ['fd00::1', true],
  ['fe80::1%eth0', true],
  ['8.8.8.8', false],
  ['2606:4700::1111', false],
  ['no address', false],
])('%s is local: %s', (address, isLocal) => {
  expect(isLocalAddress(address)).toBe(isLocal)
})

it('takes addresses that are reserved for documents for private', () => {
  expect(['192.0.2.7', '203.0.113.5', '2001:db8::1'].map(isPrivateAddress)).toEqual([true, true, true])
})

it.each([
  ['localhost', true],
  ['127.0.0.2', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['127.1', false],
  ['0.0.0.0', false],
])('only this machine can reach %s: %s', (host, is) => {
  expect(isLoopback(host)).toBe(is)
})

it('writes an IPv4 address that came over IPv6 as IPv4', () => {
  expect(plainAddress('::FFFF:192.0.2.7')).toBe('192.0.2.7')
  expect(plainAddress('fe80::1%eth0')).toBe('fe80::1')
})
