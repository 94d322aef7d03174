import { chmod, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { networkless } from '../../main/platform/ffmpeg/confinement.ts'
import { inputArguments, resolveFfmpeg, runFfmpeg, runFfprobe } from '../../main/platform/ffmpeg/index.ts'
import { FRIDAY } from '../fixtures/clips.ts'
import { jpeg, mov, SMALL, track } from '../support/bombs.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const tools = await resolveFfmpeg()

async function script(text: string): Promise<string> {
  const file = path.join(await temporaryFolder(), 'program')
  await writeFile(file, `#!/bin/sh\n${text}\n`)
  await chmod(file, 0o755)
  return file
}

/** What a program says that stands in ffmpeg's place. */
async function said(text: string, run: { memoryBytes?: number } = {}): Promise<string> {
  const { stdout } = await runFfmpeg({ ffmpeg: await script(text) }, [], { ...run, stdout: 'buffer' })
  return stdout.toString()
}

describe.runIf(process.platform !== 'win32')('a program that reads untrusted files', () => {
  it('may take so much memory and no more', async () => {
    expect(await said('ulimit -d', { memoryBytes: 300 * 1024 * 1024 })).toBe('307200\n')
    const picture = jpeg(tools.ffmpeg, { width: 6000, height: 6000 })
    const file = path.join(await temporaryFolder(), 'large.mov')
    await writeFile(file, mov(picture, [track(SMALL, picture.length, 1)]))
    const args = [...inputArguments(file, ['-threads', '1']), '-frames:v', '1', '-f', 'null', '-']
    await runFfmpeg(tools, args, { memoryBytes: 900e6, timeLimitMs: 10_000 })
    await expect(runFfmpeg(tools, args, { memoryBytes: 80e6, timeLimitMs: 10_000 })).rejects.toMatchObject({
      code: 'media_failed',
    })
  })

  it('leaves no core dump behind', async () => {
    expect(await said('ulimit -c')).toBe('0\n')
  })

  it('gets none of our secrets', async () => {
    vi.stubEnv('FIELDREEL_API_KEY', 'a secret of ours')
    vi.stubEnv('SOME_PROVIDER_API_KEY', 'a secret of theirs')
    onTestFinished(() => void vi.unstubAllEnvs())
    const environment = await said('env')
    expect(environment).toContain('PATH=')
    expect(environment).not.toContain('secret')
  })

  it('writes no file while it only reads', async () => {
    const file = path.join(await temporaryFolder(), 'written')
    const ffprobe = await script(`echo text > ${file}; exit 3`)
    await expect(runFfprobe({ ...tools, ffprobe }, FRIDAY, [])).rejects.toMatchObject({ code: 'media_failed' })
    const { stdout } = await runFfmpeg({ ffmpeg: await script(`cat ${file}`) }, [], { stdout: 'buffer' })
    expect(stdout.toString()).toBe('')
  })

  it('is ended when it describes a file without end', async () => {
    const ffprobe = await script('while :; do echo "A tag, and another one, and no end of them"; done')
    await expect(runFfprobe({ ...tools, ffprobe }, FRIDAY, [])).rejects.toMatchObject({
      message: expect.stringMatching(/more than 16 MB/),
    })
  })

  it('sees no network, not even this machine’s own', async ({ skip }) => {
    if ((await networkless()).length === 0) skip('This system gives no network namespace.')
    const calls: string[] = []
    const server = createServer((socket) => {
      calls.push('called')
      socket.destroy()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    // What an unknown fault of a demuxer could do, without the guard that the arguments are.
    const args = ['-i', `tcp://127.0.0.1:${port}`, '-f', 'null', '-']
    await expect(runFfmpeg(tools, args)).rejects.toMatchObject({ code: 'media_failed' })
    expect(calls).toEqual([])
  })

  it('starts within some milliseconds all the same', async () => {
    const program = { ffmpeg: await script('exit 0') }
    await runFfmpeg(program, [])
    const begin = performance.now()
    for (let run = 0; run < 20; run += 1) await runFfmpeg(program, [])
    expect((performance.now() - begin) / 20).toBeLessThan(100)
  })
})
