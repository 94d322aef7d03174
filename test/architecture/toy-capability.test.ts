import { execFileSync } from 'node:child_process'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tryCommand } from '../../scripts/setup/command.mjs'
import { isLong } from '../support/schedule.ts'
import { BREAKS, LINES, OWN_FILES } from './toy-capability.ts'

const ROOT = path.resolve(import.meta.dirname, '..', '..')
const LIMIT_MS = 600_000
const WRITTEN = [...new Set([...Object.keys(OWN_FILES), ...LINES.map(([file]) => file)])]

let copy = ''

beforeAll(async () => {
  copy = await fs.mkdtemp(path.join(os.tmpdir(), 'fieldreel-toy-'))
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT })
  for (const file of list.toString().split('\0')) {
    // One that was deleted and not yet committed is listed, too.
    await fs.cp(path.join(ROOT, file), path.join(copy, file)).catch(() => undefined)
  }
  await fs.symlink(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'), 'dir')
  for (const [file, text] of Object.entries(OWN_FILES)) {
    await fs.mkdir(path.dirname(path.join(copy, file)), { recursive: true })
    await fs.writeFile(path.join(copy, file), text)
  }
  for (const [file, behind, line] of LINES) {
    const text = await fs.readFile(path.join(copy, file), 'utf8')
    expect(text, `${file} has no ${behind}`).toContain(behind)
    await fs.writeFile(path.join(copy, file), text.replace(behind, behind + line))
  }
  await inCopy('prettier/bin/prettier.cjs', '--write', ...WRITTEN)
}, LIMIT_MS)

afterAll(() => fs.rm(copy, { recursive: true, force: true }))

function inCopy(script: string, ...args: string[]) {
  return tryCommand(process.execPath, [path.join(copy, 'node_modules', script), ...args], { cwd: copy })
}

function check(...names: string[]) {
  return tryCommand(process.execPath, [path.join(copy, 'scripts', 'check.mjs'), ...names], { cwd: copy })
}

describe('a capability with a table, a job, an operation, a route and a page', () => {
  it('changes at most six files that are there', () => {
    expect(new Set(LINES.map(([file]) => file)).size).toBeLessThanOrEqual(6)
  })

  it(
    'passes the checks',
    async () => {
      // All of them take minutes of both cores: `npm test` leaves lint, formatting and the types of the window to `npm run test:long`.
      const names = ['types of main', 'layers', 'tables', 'rules', 'limits']
      const { status, output } = await check(...(isLong ? [] : names))
      expect(status, output).toBe(0)
    },
    LIMIT_MS,
  )
})

describe('the checks fail on', () => {
  it.each(BREAKS)(
    '%s',
    async (_what, file, line, name, says) => {
      const place = path.join(copy, file)
      const before = await fs.readFile(place, 'utf8')
      await fs.writeFile(place, line + before)
      try {
        const { status, output } = await check(name)
        expect(output).toContain(says)
        expect(status).toBe(1)
      } finally {
        await fs.writeFile(place, before)
      }
    },
    LIMIT_MS,
  )
})
