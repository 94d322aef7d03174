import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tryCommand } from '../../scripts/setup/command.mjs'
import { withLock } from '../../scripts/setup/lock.mjs'

let folder = ''
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'fieldreel-lock-'))
})
afterEach(() => fs.rm(folder, { recursive: true, force: true }))

/** Another process that takes the lock and writes when it began and ended its work. */
function contender(log: string) {
  const lock = pathToFileURL(path.resolve('scripts/setup/lock.mjs')).href
  const script = `
    import fs from 'node:fs'
    import { withLock } from ${JSON.stringify(lock)}
    await withLock('test', async () => {
      fs.appendFileSync(${JSON.stringify(log)}, 'begin ')
      await new Promise((resolve) => setTimeout(resolve, 100))
      fs.appendFileSync(${JSON.stringify(log)}, 'end ')
    }, ${JSON.stringify(folder)})`
  return tryCommand(process.execPath, ['--input-type=module', '-e', script])
}

test('processes take turns', async () => {
  const log = path.join(folder, 'log.txt')
  const results = await Promise.all([contender(log), contender(log), contender(log)])
  expect(results.map(({ status }) => status)).toEqual([0, 0, 0])
  expect(await fs.readFile(log, 'utf8')).toBe('begin end begin end begin end ')
})

test('a lock whose owner was killed does not last', async () => {
  const gone = await tryCommand(process.execPath, ['-e', 'process.stdout.write(String(process.pid))'])
  await withLock('test', async () => undefined, folder)
  await withLock(
    'test',
    async () => {
      // what a killed process leaves: its number in the file
      const [name] = await fs.readdir(folder)
      await fs.writeFile(path.join(folder, name!), gone.output.trim())
      const second = withLock('test', async () => 'taken', folder)
      expect(await Promise.race([second, sleep(5000, 'stuck')])).toBe('taken')
    },
    folder,
  )
})

test('it is released when the work fails', async () => {
  const failing = withLock('test', () => Promise.reject(new Error('no disk')), folder)
  await expect(failing).rejects.toThrow('no disk')
  expect(await fs.readdir(folder)).toEqual([])
})
