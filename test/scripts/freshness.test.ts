import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newestChange } from '../../scripts/build.mjs'

let folder = ''
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'fieldreel-fresh-'))
  await fs.mkdir(path.join(folder, 'a', 'b'), { recursive: true })
  await fs.writeFile(path.join(folder, 'a', 'b', 'deep.ts'), '')
  for (const place of ['a/b/deep.ts', 'a/b', 'a', '.']) await fs.utimes(path.join(folder, place), 1000, 1000)
})
afterEach(() => fs.rm(folder, { recursive: true, force: true }))

test('a change deep inside counts', async () => {
  expect(await newestChange(folder)).toBe(1_000_000)
  await fs.utimes(path.join(folder, 'a', 'b', 'deep.ts'), 2000, 2000)
  expect(await newestChange(folder)).toBe(2_000_000)
})

test('a deleted file counts', async () => {
  await fs.rm(path.join(folder, 'a', 'b', 'deep.ts'))
  expect(await newestChange(folder)).toBeGreaterThan(2_000_000)
})

test('what is not there never changed', async () => {
  expect(await newestChange(path.join(folder, 'missing'))).toBe(0)
})
