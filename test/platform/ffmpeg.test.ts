import { spawn } from 'node:child_process'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { fileUrl, FrameTimes, inputArguments, resolveFfmpeg, runFfmpeg } from '../../main/platform/ffmpeg/index.ts'
import { built } from '../fixtures/built.ts'
import { ffmpeg, FRIDAY, source } from '../fixtures/clips.ts'
import { npmTools } from '../support/npm-tools.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const tools = await resolveFfmpeg()
/** What never ends by itself. */
const ENDLESS = [...source('testsrc2=size=320x180', 3600), '-f', 'null', '-']

async function script(text: string): Promise<string> {
  const file = join(await temporaryFolder(), 'program')
  await writeFile(file, `#!/bin/sh\n${text}\n`)
  await chmod(file, 0o755)
  return file
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('the tools that are found say what they can do', async () => {
  expect(tools.version).toMatch(/\d/)
  expect(tools.encoders).toContain('mjpeg')
  expect(tools.filters).toContain('scale')
  expect(await resolveFfmpeg()).toBe(tools)
})

test('a setting that names nothing runnable is refused, with its name', async () => {
  const env = { ...process.env, FFMPEG_BIN: '/nowhere/ffmpeg' }
  await expect(resolveFfmpeg(env)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(/^FFMPEG_BIN names \/nowhere\/ffmpeg/),
  })
})

test('a program that is not ffmpeg is refused', async () => {
  const env = { ...process.env, FFPROBE_BIN: await script('echo hello') }
  await expect(resolveFfmpeg(env)).rejects.toMatchObject({ code: 'unavailable' })
})

test('a setting wins over what is installed', async () => {
  const env = { ...process.env, FFMPEG_BIN: await script(`exec ${JSON.stringify(tools.ffmpeg)} "$@"`) }
  expect(await resolveFfmpeg(env)).toMatchObject({ source: 'setting', ffmpeg: env.FFMPEG_BIN, version: tools.version })
})

/** A folder with a program that says what an ffmpeg of some year would, as what the system has installed. */
async function systemOf(year: number, program: 'ffmpeg' | 'ffprobe'): Promise<string> {
  const folder = await temporaryFolder()
  const file = join(folder, program)
  const said = `${program} version of-${year} Copyright (c) 2000-${year} the FFmpeg developers`
  await writeFile(
    file,
    `#!/bin/sh\ncase "$*" in *-version*) echo "${said}";; *) exec env PATH=/usr/bin:/bin ${program} "$@";; esac\n`,
  )
  await chmod(file, 0o755)
  return folder
}

test('the newest of what is there is used, and one that is old comes with a warning', async ({ skip }) => {
  if (!(await npmTools())) skip('The optional packages are not installed.')
  const path = async (year: number): Promise<string> =>
    [await systemOf(year, 'ffmpeg'), await systemOf(year, 'ffprobe'), '/usr/bin', '/bin'].join(delimiter)
  const env = { ...process.env, FFMPEG_BIN: undefined, FFPROBE_BIN: undefined }
  expect(await resolveFfmpeg({ ...env, PATH: await path(2012) })).toMatchObject({
    source: expect.not.stringMatching('system'),
  })
  expect(await resolveFfmpeg({ ...env, PATH: await path(2099) })).toMatchObject({ version: 'of-2099', warning: null })
  const npm = await npmTools()
  expect(npm).toMatchObject({ source: 'setting', warning: expect.stringMatching(/from 2018/) })
})

test('a run tells progress and gives its output back', async () => {
  const seconds: number[] = []
  const args = [...inputArguments(FRIDAY), '-map', '0:V:0', '-f', 'framecrc', 'pipe:1']
  const { stdout } = await runFfmpeg(tools, args, { stdout: 'buffer', onProgress: (at) => seconds.push(at) })
  const times: number[] = []
  new FrameTimes((time) => times.push(time)).add(stdout)
  expect(times).toHaveLength(185)
  expect(times[3]).toBeCloseTo(0.1, 5)
  expect(seconds.at(-1)).toBeGreaterThan(6)
})

test('a failed run says why, without paths of this machine', async () => {
  const file = join(await temporaryFolder(), 'broken.mp4')
  await writeFile(file, 'not a video')
  const failed = runFfmpeg(tools, [...inputArguments(file), '-f', 'null', '-'])
  await expect(failed).rejects.toMatchObject({
    code: 'media_failed',
    message: expect.not.stringContaining('/'),
    details: { stderr: expect.stringContaining('moov') },
  })
})

test.each(['-start.mp4', 'http:start.mp4', '100%d.mp4'])('a file called %s is only a file', async (name) => {
  const file = join(await temporaryFolder(), name)
  await writeFile(file, await readFile(FRIDAY))
  const args = [...inputArguments(file), '-frames:v', '1', '-f', 'framecrc', 'pipe:1']
  const { stdout } = await runFfmpeg(tools, args, { stdout: 'buffer' })
  expect(stdout.toString()).toMatch(/^0, /m)
})

test('a playlist named like a video opens nothing', async () => {
  const folder = await temporaryFolder()
  const file = join(folder, 'list.mp4')
  await writeFile(file, `ffconcat version 1.0\nfile ${fileUrl(FRIDAY)}\n`)
  await expect(runFfmpeg(tools, [...inputArguments(file), '-f', 'null', '-'])).rejects.toMatchObject({
    code: 'media_failed',
  })
})

test('an abort ends the run at once', async () => {
  const controller = new AbortController()
  const running = runFfmpeg(tools, ENDLESS, { signal: controller.signal })
  const ended = expect(running).rejects.toMatchObject({ code: 'cancelled' })
  await sleep(300)
  const asked = performance.now()
  controller.abort()
  await ended
  expect(performance.now() - asked).toBeLessThan(1000)
})

test('an abort also ends what does not listen', async () => {
  const deaf = { ...tools, ffmpeg: await script('trap "" TERM; while true; do sleep 0.05; done') }
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 200)
  await expect(runFfmpeg(deaf, [], { signal: controller.signal })).rejects.toMatchObject({ code: 'cancelled' })
})

test('a run past its time limit is ended, with its last words', async () => {
  const stuck = { ...tools, ffmpeg: await script('echo "Waiting for a disk" >&2; exec sleep 60') }
  await expect(runFfmpeg(stuck, [], { timeLimitMs: 300 })).rejects.toMatchObject({
    code: 'media_failed',
    message: expect.stringContaining('Waiting for a disk'),
  })
})

test('a run that falls silent is ended, one that speaks is not', async () => {
  const silent = { ...tools, ffmpeg: await script('echo one; exec sleep 60') }
  const speaking = { ...tools, ffmpeg: await script('for i in 1 2 3 4 5 6; do echo $i; sleep 0.1; done') }
  const run = { silenceLimitMs: 350, stdout: 'buffer' } as const
  await expect(runFfmpeg(silent, [], run)).rejects.toMatchObject({ message: expect.stringContaining('said nothing') })
  expect((await runFfmpeg(speaking, [], run)).stdout.toString()).toBe('1\n2\n3\n4\n5\n6\n')
})

test('a reader that fails ends the run with its error', async () => {
  const broken = new Error('the reader broke')
  const onStdout = (): void => {
    throw broken
  }
  const args = [...source('testsrc2', 3600), '-f', 'rawvideo', 'pipe:1']
  await expect(runFfmpeg(tools, args, { onStdout })).rejects.toBe(broken)
})

test('the encoder of a preview dies with the process that started it', async () => {
  const folder = await temporaryFolder()
  const [short, long] = [join(folder, 'short.avi'), join(folder, 'long.avi')]
  await ffmpeg(...source('testsrc2=size=1280x720:rate=25', 1), '-c:v', 'mjpeg', short)
  // minutes of work for the encoder
  await ffmpeg('-stream_loop', '600', '-i', short, '-c', 'copy', long)
  const entry = await built(join(import.meta.dirname, 'preview-process.ts'))
  const parent = spawn(process.execPath, [join(entry, 'preview-process.js'), long, join(folder, 'out.mp4')])
  const child = await new Promise<number>((resolve) => parent.stdout.once('data', (text) => resolve(Number(text))))
  expect(isAlive(child)).toBe(true)
  parent.kill('SIGKILL')
  for (let i = 0; i < 100 && isAlive(child); i++) await sleep(50)
  expect(isAlive(child)).toBe(false)
}, 60_000)
