import { chmod, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { runFfmpeg } from '../../main/platform/ffmpeg/index.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** A program that takes the place of ffmpeg. */
async function program(text: string): Promise<{ ffmpeg: string }> {
  const file = path.join(await temporaryFolder(), 'program')
  await writeFile(file, `#!/bin/sh\n${text}\n`)
  await chmod(file, 0o755)
  return { ffmpeg: file }
}

const SILENCE_MS = 250
/** More than a pipe holds: the program has to wait until its reader goes on. */
const MUCH = 4_000_000

describe('a program that waits for its reader', () => {
  it('does not count as silent', async () => {
    const tools = await program(`head -c ${MUCH} /dev/zero`)
    let bytes = 0
    const onStdout = async (chunk: Buffer): Promise<void> => {
      bytes += chunk.length
      if (bytes === chunk.length) await pause(4 * SILENCE_MS)
    }
    await runFfmpeg(tools, [], { silenceLimitMs: SILENCE_MS, onStdout })
    expect(bytes).toBe(MUCH)
  })

  it('is given the whole limit again from when we go on', async () => {
    // The limit runs out once while we hold it up; it counts from when we let go, not from when it ran out last.
    const limit = 800
    const tools = await program(`echo one; sleep ${(2.2 * limit) / 1000}; echo two`)
    let text = ''
    const onStdout = async (chunk: Buffer): Promise<void> => {
      text += chunk.toString()
      if (text === 'one\n') await pause(1.6 * limit)
    }
    await runFfmpeg(tools, [], { silenceLimitMs: limit, onStdout })
    expect(text).toBe('one\ntwo\n')
  })

  it('counts as silent once we have gone on and it says nothing', async () => {
    const tools = await program('echo one; exec sleep 60')
    const began = performance.now()
    const run = runFfmpeg(tools, [], { silenceLimitMs: SILENCE_MS, onStdout: () => pause(2 * SILENCE_MS) })
    await expect(run).rejects.toMatchObject({
      code: 'media_failed',
      message: expect.stringMatching(/said nothing/) as string,
    })
    expect(performance.now() - began).toBeGreaterThan(3 * SILENCE_MS - 50)
  })

  it('counts as silent only when we read all of its pipes', async () => {
    const tools = await program('echo one; echo two >&3; exec sleep 60')
    const held: number[] = []
    const began = performance.now()
    const hold = (factor: number) => async (): Promise<void> => {
      await pause(factor * SILENCE_MS)
      held.push(factor)
    }
    const run = runFfmpeg(tools, [], { silenceLimitMs: SILENCE_MS, onStdout: hold(2), pipes: [hold(4)] })
    await expect(run).rejects.toThrow(/said nothing/)
    expect(held).toEqual([2, 4])
    expect(performance.now() - began).toBeGreaterThan(5 * SILENCE_MS - 50)
  })

  it('gives no more bytes before we have room', async () => {
    // Once it has ended, Node hands over what is left in the pipe.
    const tools = await program(`head -c ${MUCH} /dev/zero; sleep 0.5`)
    let waiting = 0
    let most = 0
    const onStdout = async (): Promise<void> => {
      waiting += 1
      most = Math.max(most, waiting)
      await pause(1)
      waiting -= 1
    }
    await runFfmpeg(tools, [], { onStdout })
    expect(most).toBe(1)
  })

  it('ends with the error of a reader that fails late', async () => {
    const broken = new Error('the reader broke')
    const tools = await program(`head -c ${MUCH} /dev/zero; exec sleep 60`)
    const run = runFfmpeg(tools, [], { onStdout: () => pause(50).then(() => Promise.reject(broken)) })
    await expect(run).rejects.toBe(broken)
  })
})
