import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Engine } from '../../../main/compose.ts'
import {
  createTask,
  followTaskStream,
  getTask,
  getTaskResults,
  StreamChunk,
  type Task,
  type TaskRequest,
} from '../../../main/contract/index.ts'
import { FRIDAY } from '../../fixtures/clips.ts'
import { ask, openEngine, readAll } from '../../support/engine.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'

// Tasks through the whole engine, with its real models: where their videos come from, and what may go wrong.

const detect: TaskRequest['steps'] = [{ model: 'detect' }]

async function run(engine: Engine, request: TaskRequest): Promise<{ task: Task; chunks: StreamChunk[] }> {
  const { taskId } = await ask(engine, createTask, request)
  const chunks = await readChunks(engine, taskId)
  return { task: await ask(engine, getTask, { taskId }), chunks }
}

async function readChunks(engine: Engine, taskId: string): Promise<StreamChunk[]> {
  const pieces = await readAll(engine, followTaskStream, { taskId, offset: 0, pieceBytes: 1000 })
  const events = Buffer.concat(pieces).toString('utf8').split('\n\n')
  expect(events.slice(-2)).toEqual(['data: [DONE]', ''])
  return events.slice(0, -2).map((event) => StreamChunk.parse(JSON.parse(event.slice('data: '.length))))
}

async function inputOf(more: object = {}): Promise<TaskRequest['input'][number]> {
  return { type: 'video_base64', data: (await readFile(FRIDAY)).toString('base64'), ...more }
}

describe('a task on a video from elsewhere', () => {
  it('fetches it once', async () => {
    const film = await readFile(FRIDAY)
    let asked = 0
    const server = createServer((_request, response) => {
      asked += 1
      response.end(film)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const engine = await openEngine(await temporaryFolder(), { ...process.env, FIELDREEL_ALLOW_PRIVATE_URLS: '1' })
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/clips/his%20girl.mp4?token=1`
    const { task, chunks } = await run(engine, { input: [{ type: 'video_url', url }], steps: detect })
    expect(task).toMatchObject({
      ...{ status: 'succeeded', title: 'his girl.mp4', mediaId: null, finishReason: 'stop', processedFrames: 7 },
      video: { width: 640, height: 480, totalFrames: 185, fps: 30 },
    })
    expect(chunks).toHaveLength(8)
    expect(asked).toBe(1)
  }, 60_000)

  it.each([
    ['is of a private network after all', `http://${hostname()}/a.mp4`, /private network|ENOTFOUND|EAI_AGAIN/],
    ['is not to be reached', 'http://nowhere.invalid/a.mp4', /ENOTFOUND|EAI_AGAIN/],
  ])(
    'fails with an error event when it %s',
    async (_what, url, message) => {
      const engine = await openEngine(await temporaryFolder())
      const { task, chunks } = await run(engine, { input: [{ type: 'video_url', url }], steps: detect, model: 'm' })
      expect(task).toMatchObject({ status: 'failed', finishReason: 'error' })
      expect(task.errorMessage).toMatch(message)
      expect(chunks).toMatchObject([{ model: 'm', finish_reason: 'error', usage: { processed_frames: 0 } }])
      await expect(ask(engine, getTaskResults, { taskId: task.taskId })).rejects.toMatchObject({ code: 'not_found' })
    },
    60_000,
  )
})

describe('a task whose models die', () => {
  it('continues from the frame they died at, with the same events', async () => {
    const engine = await openEngine(await temporaryFolder())
    const request: TaskRequest = {
      input: [await inputOf({ sampling: { mode: 'fps', value: 10 } })],
      steps: [...detect, { model: 'feature' }],
    }
    const { taskId } = await ask(engine, createTask, request)
    for (let kill = 0; kill < 2; kill += 1) {
      const done = (await ask(engine, getTask, { taskId })).processedFrames
      await until('some frames', async () => (await ask(engine, getTask, { taskId })).processedFrames > done + 2)
      for (const pid of await inferenceBelow(process.pid)) process.kill(pid, 'SIGKILL')
    }
    const killed = await readChunks(engine, taskId)
    expect((await ask(engine, getTask, { taskId })).status).toBe('succeeded')
    const { chunks } = await run(engine, request)
    expect(killed.map(timeless)).toEqual(chunks.map(timeless))
  }, 120_000)
})

describe('a stream', () => {
  it('ends at once for a reader at its end', async () => {
    const engine = await openEngine(await temporaryFolder())
    const { task } = await run(engine, { input: [await inputOf({ max_frames: 1 })], steps: detect })
    const at = async (offset: number, length?: number) =>
      Buffer.concat(await readAll(engine, followTaskStream, { taskId: task.taskId, offset, length })).length
    expect(await at(task.streamBytes)).toBe(0)
    await expect(at(task.streamBytes + 1)).rejects.toMatchObject({ code: 'offset_out_of_range' })
    expect(await at(10)).toBe(task.streamBytes - 10)
    expect(await at(10, 20)).toBe(20)
  }, 60_000)
})

function timeless({ stream_info: info, usage, ...rest }: StreamChunk) {
  return { ...rest, id: '', stream_info: { ...info, elapsed_ms: 0 }, frames: usage?.processed_frames }
}

async function inferenceBelow(pid: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-e', '-o', 'pid=,ppid=,args='])
  return stdout.split('\n').flatMap((line) => {
    const [, child, parent, args = ''] = /^ *(\d+) +(\d+) +(.*)$/.exec(line) ?? []
    return Number(parent) === pid && args.includes('inference') ? [Number(child)] : []
  })
}
