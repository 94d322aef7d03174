import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'

const KEY = 'fieldreel_Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0'

/** Loaded into the process before it starts: makes it fail when it is asked to. */
const FAILING = `
  process.on('SIGUSR2', () => { throw new Error('made to fail with ${KEY}') })
  process.on('SIGHUP', () => void Promise.reject(new TypeError('made to reject')))
`

async function serve(env: NodeJS.ProcessEnv = {}) {
  const folder = await temporaryFolder()
  const preload = path.join(folder, 'failing.mjs')
  await fs.writeFile(preload, FAILING)
  const data = path.join(folder, 'library')
  const entry = path.resolve('out/main/serve.js')
  const child = spawn(process.execPath, ['--import', preload, entry, '--data', data, '--port', '0'], {
    env: { ...process.env, ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let [said, complained] = ['', '']
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (complained += bytes.toString()))
  const ended = once(child, 'close').then(([status]) => status as number | null)
  return {
    ...{ child, ended, said: () => said, complained: () => complained },
    listens: () => until('the server to listen', () => said.includes('\n')),
    lastLine: async () => {
      const text = await fs.readFile(path.join(data, 'logs', 'fieldreel.log'), 'utf8')
      return {
        text,
        last: JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as { level: number; err: { stack: string } },
      }
    },
  }
}

describe.skipIf(process.platform === 'win32')('an uncaught error', () => {
  it('ends the process with 1, and leaves its stack in the log and on standard error, without a key in it', async () => {
    const server = await serve()
    await server.listens()
    server.child.kill('SIGUSR2')
    expect(await server.ended).toBe(1)
    const { last, text } = await server.lastLine()
    expect(last.level).toBe(60)
    expect(last.err.stack).toMatch(/^Error: made to fail with fieldreel_\[hidden\]\n +at .*failing\.mjs/)
    expect(server.complained()).toContain('made to fail')
    expect(text + server.complained()).not.toContain(KEY)
  })

  it('includes a rejected promise without a handler', async () => {
    const server = await serve()
    await server.listens()
    server.child.kill('SIGHUP')
    expect(await server.ended).toBe(1)
    const { last } = await server.lastLine()
    expect([last.level, last.err.stack.split('\n')[0]]).toEqual([60, 'TypeError: made to reject'])
  })
})

describe('FIELDREEL_LOG_LEVEL', () => {
  it('of no level ends the start with the levels there are, in one line', async () => {
    const server = await serve({ FIELDREEL_LOG_LEVEL: 'loud\x1b[2J' })
    expect(await server.ended).toBe(1)
    expect(server.complained()).toBe(
      String.raw`FIELDREEL_LOG_LEVEL is one of trace, debug, info, warn, error, fatal, silent, not "loud\x1b[2J".` +
        '\n',
    )
  })

  it('silences what is said on standard error, too', async () => {
    const server = await serve({ FIELDREEL_LOG_LEVEL: 'error', FIELDREEL_API_KEY: 'a_key_of_at_least_twenty_letters' })
    await server.listens()
    server.child.kill('SIGTERM')
    await server.ended
    expect(server.complained()).toBe('')
  })
})
