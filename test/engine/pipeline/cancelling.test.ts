import { appendFile, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import {
  cancelTask,
  createTask,
  followTaskStream,
  FrameIndex,
  getTask,
  getTaskResults,
  type TaskStatus,
} from '../../../main/contract/index.ts'
import type { Frame } from '../../../main/engine/pipeline/frame.ts'
import { runPipeline } from '../../../main/engine/pipeline/frame-pipeline.ts'
import type { Models, DecodedFrame } from '../../../main/engine/models/index.ts'
import { resolveFfmpeg } from '../../../main/platform/ffmpeg/index.ts'
import { FRIDAY } from '../../fixtures/clips.ts'
import { ask, openEngine, readAll } from '../../support/engine.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'

const [WIDTH, HEIGHT, COUNT] = [8, 8, 20]
const index = new FrameIndex({
  ticks: Array.from({ length: COUNT }, (_, frame) => frame * 4),
  ticksPerSecond: [100, 1],
  lastTicks: 4,
  keys: new Set([0]),
})

/** Models whose decoder gives every frame of the film at once, and which count the pictures that are held. */
async function fakeModels(folder: string) {
  const held = { now: 0, given: 0 }
  const models: Models = {
    async *decode() {
      const times = path.join(folder, '.run.times')
      await appendFile(times, '#tb 0: 1/100\n')
      for (let position = 0; position < COUNT; position += 1) {
        await appendFile(times, `0, ${position * 4}, ${position * 4}, 4, 12, 0x0\n`)
        held.now += 1
        held.given += 1
        const picture: DecodedFrame = {
          ...{ position, width: WIDTH, height: HEIGHT, release: () => void (held.now -= 1) },
          ...{ detect: () => Promise.resolve([]), read: () => Promise.resolve([]), embed: () => Promise.resolve([]) },
        }
        yield picture
      }
    },
    close: () => Promise.resolve(),
  }
  return { models, held }
}

interface Run {
  readonly told: number[]
  readonly aborter: AbortController
  readonly held: { now: number; given: number }
  /** Frames that came to the steps after finding. */
  readonly described: { count: number }
  readonly ended: Promise<unknown>
}

/** Runs all frames; `during` is called in the middle of what stands between finding a frame and telling it. */
async function run(
  stage: 'find' | 'describe' | 'tell',
  during: (count: number, run: AbortController) => void,
  frames = index.count,
): Promise<Run> {
  const folder = await temporaryFolder()
  const { models, held } = await fakeModels(folder)
  const told: number[] = []
  const aborter = new AbortController()
  let calls = 0
  const described = { count: 0 }
  let found = 0
  const work = (name: string) => async (): Promise<void> => {
    if (name === 'describe') described.count += 1
    // Finding takes longer from frame to frame: what came before it is done by then.
    await pause(name === 'find' ? (found += 5) : 1)
    if (name === stage) during((calls += 1), aborter)
    await pause(1)
  }
  const pipeline = {
    ...{ models, tools: await resolveFfmpeg(), longSide: WIDTH, tracking: null, folder, name: 'run' },
    video: { path: FRIDAY, index, size: { width: WIDTH, height: HEIGHT } },
    stages: { find: work('find'), describe: work('describe'), needsDetail: false, minimumConfidence: null },
    signal: aborter.signal,
    onFrame: async (number: number, _frame: Frame) => {
      told.push(number)
      await work('tell')()
    },
  }
  const due = Array.from({ length: frames }, (_, frame) => frame)
  const ended = runPipeline(pipeline, due).then(
    () => 'done',
    (error: unknown) => error,
  )
  return { told, aborter, held, described, ended }
}

describe('a pipeline', () => {
  it('emits every due frame once, in order, and releases every picture', async () => {
    const { told, held, ended } = await run('find', () => undefined)
    expect(await ended).toBe('done')
    expect(told).toEqual(Array.from({ length: COUNT }, (_, frame) => frame))
    expect(held).toEqual({ now: 0, given: COUNT })
  })

  it.each(['find', 'describe'] as const)('emits no chunk for a frame that was cancelled in %s', async (stage) => {
    const { told, ended } = await run(stage, (count, aborter) => {
      if (count === 4) aborter.abort()
    })
    expect(await ended).not.toBe('done')
    const atTheEnd = told.length
    expect(atTheEnd).toBeLessThan(4)
    await pause(50)
    expect(told).toHaveLength(atTheEnd)
  })

  it('stops a frame that was cancelled while it was processed', async () => {
    const { described, ended } = await run('find', (count, aborter) => {
      if (count === 4) aborter.abort()
    })
    expect(await ended).not.toBe('done')
    await pause(50)
    expect(described.count).toBe(3)
  })

  it('emits nothing after the frame in which it was cancelled', async () => {
    const { told, ended } = await run('tell', (count, aborter) => {
      if (count === 3) aborter.abort()
    })
    expect(await ended).not.toBe('done')
    await pause(50)
    expect(told).toEqual([0, 1, 2])
  })

  it('begins nothing when it is cancelled before its first picture', async () => {
    const { told, ended } = await run('find', (_count, aborter) => aborter.abort())
    expect(await ended).not.toBe('done')
    await pause(20)
    expect(told).toEqual([])
  })

  it('ends with the failure of a step, and emits neither that frame nor a later one', async () => {
    const broken = new Error('the model broke')
    const { told, ended } = await run('describe', (count) => {
      if (count === 3) throw broken
    })
    expect(await ended).toBe(broken)
    await pause(50)
    expect(told).toEqual([0, 1])
  })
})

describe('a cancelled task', () => {
  it('ends its stream with one terminal event, and nothing follows', { timeout: 60_000 }, async () => {
    const data = await temporaryFolder()
    const engine = await openEngine(data)
    const film = (await readFile(FRIDAY)).toString('base64')
    const { taskId } = await ask(engine, createTask, {
      input: [{ type: 'video_base64', data: film, sampling: { mode: 'fps', value: 30 } }],
      steps: [{ model: 'detect' }],
    })
    const pieces: Buffer[] = []
    const call = { signal: new AbortController().signal, caller: engine.owner('command') }
    const following = (async () => {
      for await (const piece of engine.operations.follow(followTaskStream, { taskId, offset: 0 }, call)) {
        pieces.push(Buffer.from(piece))
      }
    })()
    await until('some frames', () => Buffer.concat(pieces).toString().split('\n\n').length > 4, 40_000)
    await ask(engine, cancelTask, { taskId })
    await following
    const status = async (): Promise<TaskStatus> => (await ask(engine, getTask, { taskId })).status
    await until('its end', async () => (await status()) === 'cancelled')

    const stream = Buffer.concat(pieces).toString()
    const events = stream.split('\n\n')
    expect(events.slice(-2)).toEqual(['data: [DONE]', ''])
    const chunks = events.slice(0, -2).map((event) => JSON.parse(event.slice(6)) as Record<string, unknown>)
    const reasons = chunks.map(({ finish_reason: reason }) => reason)
    expect(reasons).toEqual([...Array.from({ length: chunks.length - 1 }, () => null), 'cancelled'])
    expect(chunks.at(-1)).toMatchObject({ usage: { processed_frames: chunks.length - 1 }, delta: { results: [] } })
    await pause(500)
    expect(Buffer.concat(await readAll(engine, followTaskStream, { taskId, offset: 0 })).toString()).toBe(stream)
    expect(await readFile(path.join(data, 'streams', `${taskId}.sse`), 'utf8')).toBe(stream)
    await expect(ask(engine, getTaskResults, { taskId })).rejects.toMatchObject({ code: 'not_found' })
    // Asked again, it is as it was; and a restart changes nothing.
    expect((await ask(engine, cancelTask, { taskId })).status).toBe('cancelled')
    await engine.close()
    await openEngine(data)
    expect(await readFile(path.join(data, 'streams', `${taskId}.sse`), 'utf8')).toBe(stream)
  })

  it('that was waiting ends at once, with a stream of its own end', { timeout: 60_000 }, async () => {
    const engine = await openEngine(await temporaryFolder())
    const film = (await readFile(FRIDAY)).toString('base64')
    const request = { input: [{ type: 'video_base64' as const, data: film }], steps: [{ model: 'detect' }] }
    const [running, waiting] = [await ask(engine, createTask, request), await ask(engine, createTask, request)]
    const cancelled = await ask(engine, cancelTask, { taskId: waiting.taskId })
    expect(cancelled).toMatchObject({ status: 'cancelled', processedFrames: 0, finishReason: 'cancelled' })
    const bytes = await readAll(engine, followTaskStream, { taskId: waiting.taskId, offset: 0 })
    expect(Buffer.concat(bytes).toString()).toMatch(
      /^data: \{[^\n]*"finish_reason":"cancelled"[^\n]*\}\n\ndata: \[DONE\]\n\n$/,
    )
    await ask(engine, cancelTask, { taskId: running.taskId })
  })
})
