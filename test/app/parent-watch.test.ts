import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import * as net from 'node:net'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { watchParent } from '../../main/app/parent-watch.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'

vi.mock('node:net', async (original) => {
  const real = await original<typeof net>()
  return { ...real, Socket: vi.fn(real.Socket) }
})

/** A pipe, as a parent leaves it to its child: both of its ends. */
async function openPipe(): Promise<{ readEnd: number; writeEnd: number }> {
  const file = path.join(await temporaryFolder(), 'pipe')
  execFileSync('mkfifo', [file])
  const readEnd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
  return { readEnd, writeEnd: openSync(file, 'w') }
}

it.skipIf(process.platform === 'win32')(
  'ends once when the other end of the pipe is gone, and not before',
  async () => {
    const { readEnd, writeEnd } = await openPipe()
    const end = vi.fn()
    watchParent({ FIELDREEL_LIFELINE: String(readEnd) }, end)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(end).not.toHaveBeenCalled()
    closeSync(writeEnd)
    await until('the end', () => end.mock.calls.length > 0)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(end).toHaveBeenCalledOnce()
  },
)

it.each(['0', '1', '2', '-1', '', '3.5', 'x'])(
  'watches no "%s": standard streams and words are no such pipe',
  (given) => {
    const made = vi.mocked(net.Socket).mock.calls.length
    watchParent({ FIELDREEL_LIFELINE: given }, () => expect.unreachable())
    expect(vi.mocked(net.Socket).mock.calls).toHaveLength(made)
  },
)

it('tells its own children nothing of the pipe, whose number means another file to them', () => {
  const env = { FIELDREEL_LIFELINE: '1', PATH: '/bin' }
  watchParent(env, () => undefined)
  expect(env).toEqual({ PATH: '/bin' })
})

it('goes on without it where the number names no pipe', () => {
  const file = openSync(import.meta.filename, 'r')
  try {
    expect(() => watchParent({ FIELDREEL_LIFELINE: String(file) }, () => expect.unreachable())).not.toThrow()
  } finally {
    closeSync(file)
  }
})
