import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'

it('closes its library in order when everything that was started with it is told to end, more than once', async () => {
  const data = path.join(await temporaryFolder(), 'data')
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env
  const started = spawn(process.execPath, ['scripts/start.mjs', '--data', data], { detached: true, env })
  const ended = once(started, 'exit') as Promise<[code: number | null]>
  const group = -(started.pid ?? 0)
  onTestFinished(() => {
    if (started.exitCode === null) process.kill(group, 'SIGKILL')
  })
  let said = ''
  started.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()))
  const files = (): Promise<string[]> => readdir(data).catch(() => [])
  // SQLite keeps its log beside the library for as long as that is open.
  await until('the library to be open', async () => (await files()).includes('fieldreel.db-wal'), 60_000)

  process.kill(group, 'SIGTERM')
  await new Promise((resolve) => setTimeout(resolve, 20))
  process.kill(group, 'SIGTERM')
  const [code] = await ended
  expect([code, said]).toEqual([0, expect.not.stringContaining('FATAL')])
  expect(await files()).not.toContain('fieldreel.db-wal')
})
