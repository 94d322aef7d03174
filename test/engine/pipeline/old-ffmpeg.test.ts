import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { createTask, getTask, type TaskRequest } from '../../../main/contract/index.ts'
import { FRIDAY } from '../../fixtures/clips.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { npmTools } from '../../support/npm-tools.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'

// npm's ffmpeg is of 2018: whoever has no other gets the very same stream.

const npm = await npmTools()

it.skipIf(!npm)(
  'a task tells the same, to the byte, with the ffmpeg of npm',
  async () => {
    const data = (await readFile(FRIDAY)).toString('base64')
    const input = { type: 'video_base64', data, sampling: { mode: 'fps', value: 5 }, range: { start: 1.5 } } as const
    const request: TaskRequest = { input: [input], steps: [{ model: 'detect' }, { model: 'feature' }] }
    const here = await archiveOf(request, process.env)
    const env = { ...process.env, FFMPEG_BIN: npm?.ffmpeg, FFPROBE_BIN: npm?.ffprobe }
    expect(await archiveOf(request, env)).toBe(here)
    expect(here.split('\n\n').length).toBeGreaterThan(20)
  },
  120_000,
)

/** The archive without what differs from run to run. */
async function archiveOf(request: TaskRequest, env: NodeJS.ProcessEnv): Promise<string> {
  const folder = await temporaryFolder()
  const engine = await openEngine(folder, env)
  const { taskId } = await ask(engine, createTask, request)
  const isOver = async () => (await ask(engine, getTask, { taskId })).completedAt !== null
  await until('the end of the task', isOver, 60_000)
  const archive = await readFile(path.join(folder, 'streams', `${taskId}.sse`), 'utf8')
  return archive.replaceAll(/"id":"[^"]+"|"(elapsed_ms|processing_time_ms)":\d+/g, '')
}
