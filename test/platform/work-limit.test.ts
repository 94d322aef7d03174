import { chmod, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { probeVideo } from '../../main/engine/media/index.ts'
import { resolveFfmpeg, runFfmpeg } from '../../main/platform/ffmpeg/index.ts'
import type { ProcessWork } from '../../main/platform/ffmpeg/process-work.ts'
import { WorkLimit } from '../../main/platform/ffmpeg/work-limit.ts'
import { FRIDAY } from '../fixtures/clips.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const tools = await resolveFfmpeg()
const LIMIT_MS = 200

/** A limit on a process that does what `work` says; whether it was exceeded so far. */
function limitOn(work: () => ProcessWork | null, alreadySpentMs = 0) {
  const seen = { exceeded: false }
  const limit = new WorkLimit(1, {
    limitMs: LIMIT_MS,
    alreadySpent: () => alreadySpentMs,
    onExceeded: () => (seen.exceeded = true),
    work,
  })
  onTestFinished(() => limit.end())
  return { seen, limit }
}

async function script(text: string): Promise<string> {
  const file = path.join(await temporaryFolder(), 'program')
  await writeFile(file, `#!/bin/sh\n${text}\n`)
  await chmod(file, 0o755)
  return file
}

describe('a limit on work', () => {
  it('does not count time in which the process could not work', async () => {
    const { seen } = limitOn(() => ({ cpuMs: 10, readBytes: 0, isIdle: false }))
    await pause(5 * LIMIT_MS)
    expect(seen.exceeded).toBe(false)
  })

  it('counts processor time', async () => {
    const begin = performance.now()
    const { seen } = limitOn(() => ({ cpuMs: performance.now() - begin, readBytes: 0, isIdle: false }))
    await pause(4 * LIMIT_MS)
    expect(seen.exceeded).toBe(true)
  })

  it('counts time in which the process waits for what never comes, but not while it reads', async () => {
    let readBytes = 0
    const waiting = limitOn(() => ({ cpuMs: 10, readBytes: 0, isIdle: true }))
    const reading = limitOn(() => ({ cpuMs: 10, readBytes: (readBytes += 512), isIdle: true }))
    await pause(5 * LIMIT_MS)
    expect([waiting.seen.exceeded, reading.seen.exceeded]).toEqual([true, false])
  })

  it('counts a third of the time where the system does not tell', async () => {
    const { seen } = limitOn(() => null)
    await pause(2 * LIMIT_MS)
    expect(seen.exceeded).toBe(false)
    await pause(5 * LIMIT_MS)
    expect(seen.exceeded).toBe(true)
  })

  it('starts over when restarted, also late, and does not count while paused', async () => {
    const { seen, limit } = limitOn(() => ({ cpuMs: 0, readBytes: 0, isIdle: true }))
    for (let step = 0; step < 8; step += 1) {
      await pause(1.4 * LIMIT_MS)
      limit.restart()
    }
    limit.hold()
    await pause(4 * LIMIT_MS)
    expect(seen.exceeded).toBe(false)
    limit.resume()
    await pause(4 * LIMIT_MS)
    expect(seen.exceeded).toBe(true)
  })
})

describe.runIf(process.platform === 'linux')('a film on a suspended machine', () => {
  it('is still probed, whatever the clock says', async () => {
    // As a laptop that sleeps, or a scheduler that never gives a turn, would look from here.
    const stopped = (program: string): Promise<string> =>
      script(`(sleep 2; kill -CONT $$) & kill -STOP $$; exec ${JSON.stringify(program)} "$@"`)
    const slow = { ...tools, ffmpeg: await stopped(tools.ffmpeg), ffprobe: await stopped(tools.ffprobe) }
    expect(await probeVideo(slow, FRIDAY, { timeLimitMs: 1000 })).toMatchObject({ metadata: { width: 640 } })
  })

  it('is not taken for silent', async () => {
    const stopped = { ...tools, ffmpeg: await script('(sleep 2; kill -CONT $$) & kill -STOP $$; echo done') }
    const { stdout } = await runFfmpeg(stopped, [], { silenceLimitMs: 300, stdout: 'buffer' })
    expect(stdout.toString()).toBe('done\n')
  })

  it('fails when its decoder loops', async () => {
    const circling = { ...tools, ffmpeg: await script('while :; do :; done') }
    await expect(runFfmpeg(circling, [], { timeLimitMs: 500 })).rejects.toMatchObject({ code: 'media_failed' })
    await expect(runFfmpeg(circling, [], { silenceLimitMs: 500 })).rejects.toMatchObject({ code: 'media_failed' })
  })
})
