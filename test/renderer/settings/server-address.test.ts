import { expect, test } from 'vitest'
import { docsUrl, isPort } from '../../../renderer/features/settings/server-address.ts'

test('a port is a whole number from 0 to 65535; an emptied field is none', () => {
  expect([0, 8787, 65_535].every(isPort)).toBe(true)
  expect(['', '8787', -1, 65_536, 80.5].some(isPort)).toBe(false)
})

test('the documentation lies below the root, with or without its slash', () => {
  expect(docsUrl('http://127.0.0.1:8787')).toBe('http://127.0.0.1:8787/docs')
  expect(docsUrl('http://127.0.0.1:8787/')).toBe('http://127.0.0.1:8787/docs')
})
