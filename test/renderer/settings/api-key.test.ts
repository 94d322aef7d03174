import { expect, test } from 'vitest'
import { createApiKey } from '../../../main/contract/index.ts'
import { expiryAfter, isExpired, scopesText } from '../../../renderer/features/settings/api-key.ts'

test('scopes read as one phrase, the weakest first', () => {
  expect(scopesText(['admin', 'read'])).toBe('Read, admin')
  expect(scopesText(['write'])).toBe('Write')
})

test('a key ends at its instant, and one without an end never', () => {
  const expiresAt = '2026-04-12T08:00:00.000Z'
  expect(isExpired({ expiresAt }, Date.parse(expiresAt) - 1)).toBe(false)
  expect(isExpired({ expiresAt }, Date.parse(expiresAt))).toBe(true)
  expect(isExpired({ expiresAt: null })).toBe(false)
})

test('an end is an instant that the contract takes', () => {
  const expiresAt = expiryAfter(30, Date.parse('2026-04-12T08:00:00Z'))
  expect(expiresAt).toBe('2026-05-12T08:00:00.000Z')
  expect(createApiKey.input.parse({ name: 'Script', expiresAt })).toMatchObject({ expiresAt })
  expect(expiryAfter(null)).toBeNull()
})
