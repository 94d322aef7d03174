import { expect, test } from 'vitest'
import { missingPackages } from '../../scripts/setup/dependencies.mjs'

const zod = { 'node_modules/zod': { version: '4.6.7' } }

test('what npm recorded as installed is not missing', () => {
  expect(missingPackages({ '': { version: '1.0.0' }, ...zod }, zod)).toEqual([])
})

test('a package that is absent or has another version is missing', () => {
  expect(missingPackages(zod, {})).toEqual(['node_modules/zod'])
  expect(missingPackages(zod, { 'node_modules/zod': { version: '4.0.0' } })).toEqual(['node_modules/zod'])
})

test('an optional package may be absent, but not outdated', () => {
  const locked = { 'node_modules/ffmpeg-static': { version: '5.3.0', optional: true } }
  expect(missingPackages(locked, {})).toEqual([])
  expect(missingPackages(locked, { 'node_modules/ffmpeg-static': { version: '5.2.0' } })).toHaveLength(1)
})
