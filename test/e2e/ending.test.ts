import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'

it('closes its library in order when its process group gets SIGTERM twice', async () => {
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

/** What the started processes of a library are, by what their command lines name. */
async function processesOf(data: string): Promise<number[]> {
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const named = await Promise.all(
    numbers.map(async (number) => ((await textOf(`/proc/${number}/cmdline`)).includes(data) ? [Number(number)] : [])),
  )
  return named.flat()
}

const textOf = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '')

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )

/** The socket of the virtual display that a library's window is on. */
async function displaySocket(data: string): Promise<string> {
  const environments = await Promise.all((await processesOf(data)).map((pid) => textOf(`/proc/${pid}/environ`)))
  const display = environments.flatMap((text) => /(?:^|\0)DISPLAY=:(\d+)/.exec(text)?.[1] ?? [])[0]
  return `/tmp/.X11-unix/X${String(display)}`
}

describe.runIf(process.platform === 'linux')('a window whose starter is killed', () => {
  const STARTERS: ReadonlyArray<[who: string, command: string[], group: boolean]> = [
    ['the start script', [process.execPath, 'scripts/start.mjs', '--data'], false],
    ['npm', ['npm', 'start', '--', '--data'], false],
    ['the whole group of npm start', ['npm', 'start', '--', '--data'], true],
  ]

  it.each(STARTERS)('closes in order, with its display: %s', async (_who, [file = '', ...args], group) => {
    const data = path.join(await temporaryFolder(), 'data')
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, npm_lifecycle_event: _script, ...env } = process.env
    const started = spawn(file, [...args, data], { detached: true, env, stdio: 'ignore' })
    onTestFinished(async () => {
      for (const pid of await processesOf(data)) process.kill(pid, 'SIGKILL')
    })
    const files = (): Promise<string[]> => readdir(data).catch(() => [])
    await until('the library to be open', async () => (await files()).includes('fieldreel.db-wal'), 60_000)
    const display = await displaySocket(data)
    expect(await exists(display)).toBe(true)
    process.kill((group ? -1 : 1) * (started.pid ?? 0), 'SIGKILL')
    await until('all of it to end', async () => (await processesOf(data)).length === 0, 30_000)
    expect(await files()).not.toContain('fieldreel.db-wal')
    await until('the display to close', async () => !(await exists(display)))
  })
})
