import { execFile } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../main/compose.ts'
import {
  annotateTask,
  createTask,
  getTask,
  openAnnotated,
  removeTask,
  TRACK_HUES,
  type Roi,
  type StreamChunk,
  type StreamTarget,
  type TaskRequest,
} from '../../../main/contract/index.ts'
import { labelOf } from '../../../main/engine/pipeline/annotated/label.ts'
import { AnnotationScript } from '../../../main/engine/pipeline/annotated/script.ts'
import { makeAnnotatedCopy } from '../../../main/engine/media/index.ts'
import { runFfmpeg, resolveFfmpeg } from '../../../main/platform/ffmpeg/index.ts'
import { ffmpeg, FRIDAY, source, turn } from '../../fixtures/clips.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { npmTools } from '../../support/npm-tools.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'

// The film that comes out is decoded again: what the archive tells of a frame lies drawn in that very frame.

const [WIDTH, HEIGHT] = [640, 480]
const npm = await npmTools()

interface Annotated {
  readonly engine: Engine
  readonly folder: string
  readonly taskId: string
  readonly chunks: readonly StreamChunk[]
}

async function taskOn(file: string, wanted: object, env: NodeJS.ProcessEnv = process.env): Promise<Annotated> {
  const folder = await temporaryFolder()
  const engine = await openEngine(folder, env)
  const data = (await readFile(file)).toString('base64')
  const request: TaskRequest = { input: [{ type: 'video_base64', data, ...wanted }], steps: [{ model: 'detect' }] }
  const { taskId } = await ask(engine, createTask, request)
  await until('the end', async () => (await ask(engine, getTask, { taskId })).completedAt !== null, 60_000)
  const archive = await readFile(path.join(folder, 'streams', `${taskId}.sse`), 'utf8')
  const events = archive.split('\n\n').filter((event) => event.includes('{'))
  const chunks = events.map((event) => JSON.parse(event.slice('data: '.length)) as StreamChunk)
  return { engine, folder, taskId, chunks: chunks.filter(({ delta }) => delta.results.length > 0) }
}

/** Every frame of a film as it is displayed, RGB. */
async function framesOf(file: string): Promise<Buffer[]> {
  const args = ['-i', file, '-fps_mode', 'passthrough', '-pix_fmt', 'rgb24', '-f', 'rawvideo', 'pipe:1']
  const pieces: Buffer[] = []
  const onStdout = (piece: Buffer): void => void pieces.push(piece)
  await runFfmpeg(await resolveFfmpeg(), args, { stdout: 'stream', onStdout })
  const stdout = Buffer.concat(pieces)
  const bytes = WIDTH * HEIGHT * 3
  return Array.from({ length: stdout.length / bytes }, (_, at) => stdout.subarray(at * bytes, (at + 1) * bytes))
}

/** How much of a box's line, 2 pixels wide and within it, has the colour of the first track. */
function shareDrawn(frame: Buffer, { left, top, width, height }: Roi): number {
  const hue = [1, 3, 5].map((at) => parseInt(TRACK_HUES[0].slice(at, at + 2), 16))
  let [drawn, all] = [0, 0]
  const look = (x: number, y: number): void => {
    const at = 3 * (y * WIDTH + x)
    all += 1
    // Colours of film are coarser than its brightness, and coded.
    if (hue.every((value, channel) => Math.abs((frame[at + channel] ?? 0) - value) < 70)) drawn += 1
  }
  for (let x = left + 4; x < left + width - 4; x += 1) look(x, top + height - 2)
  for (let y = top + 4; y < top + height - 4; y += 1) {
    look(left + 1, y)
    look(left + width - 2, y)
  }
  return drawn / all
}

/** @param first frame of the video that the film begins with */
function expectBoxes(frames: readonly Buffer[], chunks: readonly StreamChunk[], first = 0): void {
  const shares = chunks.flatMap(({ stream_info: { frame_index: frame }, delta }) =>
    delta.results.flatMap(({ targets }) =>
      targets
        .filter(({ track_id: id }) => id === 1)
        .map(({ roi }) => ({ frame, share: shareDrawn(frames[frame - first] ?? Buffer.alloc(0), roi) })),
    ),
  )
  expect(shares.length).toBeGreaterThan(4)
  // Boxes of others may lie over a part of it.
  expect(shares.filter(({ share }) => share < 0.8)).toEqual([])
}

describe('an annotated film', () => {
  it('shows the boxes of each frame in that frame', async () => {
    const { engine, taskId, chunks } = await taskOn(FRIDAY, { sampling: { mode: 'fps', value: 5 } })
    const { path: file, filename, contentType } = await ask(engine, openAnnotated, { taskId })
    expect([filename, contentType]).toEqual(['A video sent with the request annotated.mp4', 'video/mp4'])
    const frames = await framesOf(file)
    expect(frames).toHaveLength(185)
    expectBoxes(frames, chunks)
    // In a frame between, the box lies between those of its neighbours, and neither here nor there.
    const [one, other] = [0, 1].map(
      (at) => chunks[at]?.delta.results[0]?.targets.find((target) => target.track_id === 1)?.roi,
    )
    const middle = mixed(one!, other!)
    expect(shareDrawn(frames[3]!, middle)).toBeGreaterThan(0.8)
    expect(shareDrawn(frames[3]!, one!)).toBeLessThan(0.5)
  }, 120_000)

  it('covers the task’s range, with an ffmpeg of 2018 and with a newer one', async () => {
    const wanted = { sampling: { mode: 'fps', value: 5 }, range: { start: 2, end: 4 } }
    const env = { ...process.env, ...(npm && { FFMPEG_BIN: npm.ffmpeg, FFPROBE_BIN: npm.ffprobe }) }
    for (const each of [process.env, env]) {
      const { engine, taskId, chunks } = await taskOn(FRIDAY, wanted, each)
      const frames = await framesOf((await ask(engine, openAnnotated, { taskId })).path)
      expect(frames).toHaveLength(60)
      expectBoxes(frames, chunks, 60)
    }
  }, 120_000)

  it('has its boxes on the upright picture of a video that is turned', async () => {
    const file = path.join(await temporaryFolder(), 'turned.mp4')
    await ffmpeg('-i', FRIDAY, '-an', '-vf', 'transpose=2', '-c:v', 'libx264', '-preset', 'veryfast', file)
    await turn(file, 90)
    const { engine, taskId, chunks } = await taskOn(file, { sampling: { mode: 'fps', value: 3 } })
    const frames = await framesOf((await ask(engine, openAnnotated, { taskId })).path)
    expect(frames).toHaveLength(185)
    expectBoxes(frames, chunks)
  }, 120_000)

  it('shows what was read as it was read, whatever it would mean to a script', async () => {
    const read = (text: string): StreamTarget => ({
      ...{ track_id: 1, class: 'text', confidence: 0.9, roi: { left: 200, top: 200, width: 240, height: 60 } },
      text: [{ text, confidence: 1, roi: { left: 0, top: 0, width: 1, height: 1 } }],
    })
    const hostile =
      '{\\an5\\fs400}HA\\NHA\n[Events]\nDialogue: 9,0:00:00.00,9:00:00.00,Label,,0,0,0,,{\\p1}m 0 0 l 640 0'
    expect(labelOf(read(hostile))).toBe(
      'text #1 90% “\\{\\\u2060an5\\\u2060fs400\\}HA\\\u2060NHA [Events] Dialogue: 9,0:00:00…”',
    )
    const [quiet, loud] = [await drawn(labelOf(read('x'))), await drawn(labelOf(read(hostile)))]
    const rows = new Set<number>()
    for (let at = 0; at < quiet.length; at += 3) {
      if (Math.abs((quiet[at] ?? 0) - (loud[at] ?? 0)) > 40) rows.add(Math.floor(at / 3 / WIDTH))
    }
    // Only the label's one line above the box is another.
    expect(rows.size).toBeGreaterThan(5)
    expect([...rows].filter((row) => row < 175 || row > 200)).toEqual([])
  }, 60_000)

  it('leaves no file and no process when cancelled', async () => {
    const file = path.join(await temporaryFolder(), 'long.mp4')
    await ffmpeg('-stream_loop', '30', '-i', FRIDAY, '-c', 'copy', file)
    const { engine, folder, taskId } = await taskOn(file, { max_frames: 2 })
    const derived = path.join(folder, 'derived', taskId)
    const aborter = new AbortController()
    const call = { signal: aborter.signal, caller: engine.owner('window') }
    const told: number[] = []
    const follow = async () => {
      for await (const { fraction } of engine.operations.follow(annotateTask, { taskId }, call)) {
        told.push(fraction)
        aborter.abort()
      }
    }
    await expect(follow()).rejects.toMatchObject({ code: 'cancelled' })
    expect(told).toHaveLength(1)
    await until('an end', async () => !(await readdir(derived)).some((name) => name.startsWith('annotated')))
    const { stdout } = await promisify(execFile)('ps', ['-e', '-o', 'args='])
    expect(stdout.split('\n').filter((line) => line.includes(derived))).toEqual([])

    // A task that goes takes what is being made with it.
    const making = ask(engine, openAnnotated, { taskId })
    making.catch(() => undefined)
    await until('a beginning', async () => (await readdir(derived)).includes('annotated.mp4.making'))
    await ask(engine, removeTask, { taskId })
    await expect(making).rejects.toMatchObject({ code: 'cancelled' })
    await expect(readdir(derived)).rejects.toMatchObject({ code: 'ENOENT' })
    await expect(ask(engine, openAnnotated, { taskId })).rejects.toMatchObject({ code: 'not_found' })
  }, 120_000)

  it('is refused for a task without frames; what a crash left is gone at the next start', async () => {
    const { engine, folder, taskId } = await taskOn(FRIDAY, { range: { start: 100 } })
    await expect(ask(engine, openAnnotated, { taskId })).rejects.toMatchObject({ code: 'conflict' })
    await engine.close()
    const left = path.join(folder, 'derived', taskId)
    for (const name of ['annotated.mp4.making', 'annotated.ass']) await writeFile(path.join(left, name), 'x')
    await openEngine(folder)
    expect(await readdir(left)).toEqual(['frames'])
  }, 60_000)
})

/** A grey picture with a label over a box. */
async function drawn(label: string): Promise<Buffer> {
  const folder = await temporaryFolder()
  const [clip, output, script] = ['clip.mp4', 'out.mp4', "it's, [a]: script;.ass"].map((name) =>
    path.join(folder, name),
  )
  await ffmpeg(...source(`color=gray:size=${WIDTH}x${HEIGHT}:rate=25`, 0.2), clip!)
  const lines = new AnnotationScript({ width: WIDTH, height: HEIGHT }, 0)
  const box = { left: 200, top: 200, width: 240, height: 60 }
  const sample = { seconds: 0, targets: [{ trackId: 1, box, colour: 1, label }] }
  await writeFile(script!, lines.head + lines.from(sample, null, 1))
  const range = { startSeconds: 0, lengthSeconds: null }
  await makeAnnotatedCopy(await resolveFfmpeg(), clip!, output!, script!, { range, durationSeconds: null })
  return (await framesOf(output!))[2]!
}

function mixed(one: Roi, other: Roi): Roi {
  const mix = (a: number, b: number) => Math.round((a + b) / 2)
  return {
    left: mix(one.left, other.left),
    top: mix(one.top, other.top),
    width: mix(one.width, other.width),
    height: mix(one.height, other.height),
  }
}
