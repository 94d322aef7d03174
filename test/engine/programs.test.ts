import { mkdir, readdir, readFile, readlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import {
  addImports,
  createTask,
  getTask,
  listVideos,
  openAnnotated,
  type TaskRequest,
} from '../../main/contract/index.ts'
import { resolveFfmpeg } from '../../main/platform/ffmpeg/index.ts'
import { ffmpeg, FRIDAY, source } from '../fixtures/clips.ts'
import { ask, openEngine } from '../support/engine.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'

/** Demuxers that open what a file names, and devices. */
const FORBIDDEN_FORMATS = [
  'hls',
  'applehttp',
  'concat',
  'dash',
  'imf',
  'sdp',
  'rtsp',
  'rtp',
  'lavfi',
  'image2',
  'vobsub',
]
const HARMLESS_PROTOCOLS = ['file', 'pipe', 'crypto', 'data']

/**
 * A program that notes its arguments and becomes the real one. It may write no file, so each argument is the target of a
 * link; `=` stands before it, since a target cannot be empty.
 */
async function recorded(folder: string, name: string, program: string): Promise<string> {
  const file = path.join(folder, name)
  const place = `${folder}/calls/${name}-$$`
  const note = `mkdir "${place}"\nat=100\nfor arg; do ln -s "=$arg" "${place}/$at"; at=$((at+1)); done`
  await writeFile(file, `#!/bin/sh\n${note}\nexec "${program}" "$@"\n`, { mode: 0o755 })
  return file
}

interface Call {
  readonly program: string
  readonly args: readonly string[]
}

async function callsIn(folder: string): Promise<Call[]> {
  const names = await readdir(path.join(folder, 'calls'))
  return await Promise.all(
    names.map(async (name) => {
      const links = (await readdir(path.join(folder, 'calls', name))).toSorted()
      const targets = links.map((link) => readlink(path.join(folder, 'calls', name, link)))
      return { program: name.split('-')[0] ?? '', args: (await Promise.all(targets)).map((target) => target.slice(1)) }
    }),
  )
}

/** The inputs of a call, each with the options that stand before it and belong to it. */
function inputsOf({ program, args }: Call): { input: string; options: readonly string[] }[] {
  if (program === 'ffprobe') {
    const input = args.at(-1) ?? ''
    return input.startsWith('file:') ? [{ input, options: args.slice(0, -1) }] : []
  }
  const inputs: { input: string; options: readonly string[] }[] = []
  let from = 0
  for (const [at, arg] of args.entries()) {
    if (arg !== '-i') continue
    inputs.push({ input: args[at + 1] ?? '', options: args.slice(from, at) })
    from = at + 2
  }
  return inputs
}

/** Pictures that we made ourselves, handed over by a pipe or as a numbered series. */
function isOwnPictures({ input, options }: { input: string; options: readonly string[] }): boolean {
  const format = options[options.lastIndexOf('-f') + 1]
  if (!options.includes('-f')) return false
  return (format === 'image2pipe' && input === 'pipe:0') || (format === 'image2' && input.endsWith('/%d.jpg'))
}

const valuesOf = (options: readonly string[], name: string): string[] =>
  options.flatMap((option, at) => (option === name ? [options[at + 1] ?? ''] : []))

it('every program that opens a film gets a list of allowed formats and protocols', { timeout: 120_000 }, async () => {
  const folder = await temporaryFolder()
  await mkdir(path.join(folder, 'calls'))
  const tools = await resolveFfmpeg()
  const [ffmpegFile, ffprobeFile] = await Promise.all([
    recorded(folder, 'ffmpeg', tools.ffmpeg),
    recorded(folder, 'ffprobe', tools.ffprobe),
  ])
  // Needs a preview copy, and hides frames in its packets.
  const avi = path.join(folder, 'camera.avi')
  await ffmpeg(...source('testsrc2=size=320x180:rate=25', 2), '-c:v', 'mpeg4', avi)
  // Declares no duration.
  const stream = path.join(folder, 'browser.webm')
  await ffmpeg(...source('testsrc2=size=320x180:rate=25', 2), '-c:v', 'libvpx', '-live', '1', '-f', 'webm', stream)
  const env = { ...process.env, FFMPEG_BIN: ffmpegFile, FFPROBE_BIN: ffprobeFile }
  const engine = await openEngine(path.join(folder, 'data'), env)

  await ask(engine, addImports, { paths: [FRIDAY, avi, stream] })
  const videos = await until('three films', async () => {
    const { videos } = await ask(engine, listVideos, {})
    const done = videos.every(({ sceneCount, activities }) => sceneCount > 0 && activities.length === 0)
    return videos.length === 3 && done && videos
  })
  const film = videos.find(({ filename }) => filename === path.basename(FRIDAY))
  const requests: TaskRequest['input'] = [
    { type: 'video_url', url: `store://${film?.videoId}`, max_frames: 2 },
    { type: 'video_base64', data: (await readFile(avi)).toString('base64'), max_frames: 2 },
  ]
  for (const input of requests) {
    const { taskId } = await ask(engine, createTask, { input: [input], steps: [{ model: 'detect' }] })
    await until('the task', async () => (await ask(engine, getTask, { taskId })).status === 'succeeded', 60_000)
    await ask(engine, openAnnotated, { taskId })
  }
  await engine.close()

  const inputs = (await callsIn(folder)).flatMap((call) =>
    inputsOf(call).map((input) => ({ program: call.program, ...input, args: call.args })),
  )
  const foreign = inputs.filter((input) => !isOwnPictures(input))
  for (const { input, options, args } of foreign) {
    const said = args.join(' ')
    expect(input, said).toMatch(/^file:/)
    // The last one counts; none may take an earlier one back.
    const [formats, protocols] = ['-format_whitelist', '-protocol_whitelist'].map((name) => valuesOf(options, name))
    expect([formats?.length, protocols?.length], said).toEqual([1, 1])
    expect(formats?.[0]?.split(',').filter((format) => FORBIDDEN_FORMATS.includes(format))).toEqual([])
    expect(protocols?.[0]?.split(',').filter((protocol) => !HARMLESS_PROTOCOLS.includes(protocol))).toEqual([])
    expect(options, said).not.toContain('-enable_drefs')
    expect(options, said).not.toContain('-f')
  }
  // All that was to be seen: probing and packets of ffprobe, and of ffmpeg first frames, scenes, pictures and copies.
  const count = (program: string, text: string): number =>
    foreign.filter((input) => input.program === program && input.args.join(' ').includes(text)).length
  expect(count('ffprobe', '-show_streams')).toBeGreaterThanOrEqual(3)
  expect(count('ffprobe', 'packet=')).toBeGreaterThanOrEqual(3)
  expect(count('ffmpeg', '-frames:v 1')).toBeGreaterThanOrEqual(3)
  expect(count('ffmpeg', '.jpg')).toBeGreaterThanOrEqual(3)
  expect(count('ffmpeg', 'preview')).toBeGreaterThanOrEqual(1)
  expect(count('ffmpeg', 'rgb24')).toBeGreaterThanOrEqual(2)
  expect(count('ffmpeg', 'ass=')).toBeGreaterThanOrEqual(2)
  expect(count('ffmpeg', 'crop=16:16')).toBeGreaterThanOrEqual(1)
  expect(inputs.length - foreign.length).toBeGreaterThan(0)
})
