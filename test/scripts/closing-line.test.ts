import { expect, test } from 'vitest'
import { closingLine } from '../../scripts/test.mjs'

const results = { numPassedTests: 12, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }

test('it counts what passed, failed and was skipped', () => {
  expect(closingLine(results, 0)).toBe('12 passed, 0 failed')
  expect(closingLine({ ...results, numFailedTests: 2 }, 1)).toBe('12 passed, 2 failed')
  expect(closingLine({ ...results, numPendingTests: 3, numTodoTests: 1 }, 0)).toBe('12 passed, 0 failed, 4 skipped')
})

test('a file that could not be loaded has failed', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'passed', assertionResults: [{}] },
  ]
  expect(closingLine({ ...results, testResults }, 1)).toBe('12 passed, 1 failed')
})

test('a failing run never prints zero failures', () => {
  expect(closingLine(results, 1)).toBe('12 passed, 1 failed')
  expect(closingLine(null, 139)).toBe('0 passed, 1 failed')
})
