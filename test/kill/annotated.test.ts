import { execFile } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { ffmpeg, FRIDAY } from '../fixtures/clips.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'
import { Victim } from './victim.ts'

const KEY = 'fieldreel_test_key_of_the_killed_film'
const HEADERS = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }

it('an annotated film whose maker is killed is not there, and leaves no program behind; the next one makes it whole', async () => {
  const folder = await temporaryFolder()
  const [data, file] = [path.join(folder, 'data'), path.join(folder, 'long.mp4')]
  await ffmpeg('-stream_loop', '8', '-i', FRIDAY, '-an', '-c', 'copy', file)
  const victim = await started(data)
  const input = { type: 'video_base64', data: (await readFile(file)).toString('base64'), max_frames: 2 }
  const body = JSON.stringify({ input: [input], steps: [{ model: 'detect' }] })
  const accepted = await fetch(`${victim.url}/v1/video/process`, { method: 'POST', headers: HEADERS, body })
  const { id } = (await accepted.json()) as { id: string }
  await (await fetch(`${victim.url}/v1/video/tasks/${id}/stream`, { headers: HEADERS })).text()

  const asked = fetch(`${victim.url}/v1/video/tasks/${id}/annotated`, { headers: HEADERS })
  const broken = expect(asked).rejects.toThrow()
  const derived = path.join(data, 'derived', id)
  const half = path.join(derived, 'annotated.mp4.making')
  await until('a beginning', async () => (await stat(half).catch(() => null))?.size)
  await victim.process.kill()
  await broken
  expect(await readdir(derived)).not.toContain('annotated.mp4')
  await until('no program at work on it', async () => {
    const { stdout } = await promisify(execFile)('ps', ['-e', '-o', 'args='])
    return !stdout.split('\n').some((line) => line.includes(derived))
  })

  const next = await started(data)
  expect(await readdir(derived)).toEqual(['frames'])
  const film = await fetch(`${next.url}/v1/video/tasks/${id}/annotated`, { headers: HEADERS })
  expect(film.status).toBe(200)
  expect((await film.arrayBuffer()).byteLength).toBe((await stat(path.join(derived, 'annotated.mp4'))).size)
  expect((await readdir(derived)).toSorted()).toEqual(['annotated.mp4', 'frames'])
  await next.process.stop()
}, 120_000)

async function started(data: string) {
  const process = Victim.start('serve', ['--data', data, '--port', '0'], { FIELDREEL_API_KEY: KEY })
  const { url } = JSON.parse((await process.firstLine()) ?? '{}') as { url: string }
  return { process, url }
}
