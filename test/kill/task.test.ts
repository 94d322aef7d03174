import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { FRIDAY } from '../fixtures/clips.ts'
import { randomFrom } from '../support/random.ts'
import { repeats } from '../support/schedule.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'
import { Victim } from './victim.ts'

const KILLS = repeats('FIELDREEL_KILLS', { short: 2, long: 20 })
const SEED = Number(process.env['FIELDREEL_SEED'] ?? 20_261_122) + 2
const KEY = 'fieldreel_test_key_of_the_killed_tasks'
const HEADERS = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }

interface Task {
  readonly id: string
  readonly status: string
  readonly stream_bytes: number
}

it(
  `a task goes on after each of ${KILLS} kills: no byte changes, and its results are those of one that was let be`,
  {
    timeout: 600_000,
  },
  async () => {
    const random = randomFrom(SEED)
    const data = path.join(await temporaryFolder(), 'data')
    await mkdir(data)
    const film = (await readFile(FRIDAY)).toString('base64')
    const input = { type: 'video_base64', data: film, sampling: { mode: 'fps', value: 15 } }
    const body = JSON.stringify({ input: [input], steps: [{ model: 'detect' }, { model: 'feature' }] })
    const ask = (url: string, more: string, init: RequestInit = {}) =>
      fetch(`${url}/v1/video${more}`, { ...init, headers: HEADERS })
    const task = async (url: string, id: string) => (await (await ask(url, `/tasks/${id}`)).json()) as Task
    const stream = async (url: string, id: string) =>
      Buffer.from(await (await ask(url, `/tasks/${id}/stream`)).arrayBuffer())

    const first = await started(data)
    const killed = ((await (await ask(first.url, '/process', { method: 'POST', body })).json()) as Task).id
    let victim = first
    let served: Buffer = Buffer.alloc(0)
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = served.length
      const tail = fetch(`${victim.url}/v1/video/tasks/${killed}/stream?offset=${before}`, { headers: HEADERS })
      const pieces: Buffer[] = []
      const read = async (): Promise<void> => {
        for await (const piece of (await tail).body as unknown as AsyncIterable<Uint8Array>)
          pieces.push(Buffer.from(piece))
      }
      // It breaks off with the server's death.
      const reading = read().catch(() => undefined)
      await until('some new events', () => pieces.length > 2, 60_000)
      await pause(random() * 1500)
      await victim.process.kill()
      await reading
      served = Buffer.concat([served, ...pieces])
      victim = await started(data)
      const { status, stream_bytes } = await task(victim.url, killed)
      expect(['running', 'succeeded']).toContain(status)
      expect(stream_bytes).toBeGreaterThanOrEqual(served.length)
    }
    const whole = await stream(victim.url, killed)
    expect(whole.subarray(0, served.length).equals(served)).toBe(true)

    const letBe = ((await (await ask(victim.url, '/process', { method: 'POST', body })).json()) as Task).id
    expect(timeless(whole)).toEqual(timeless(await stream(victim.url, letBe)))
    const results = async (id: string) => {
      const { usage, ...rest } = (await (await ask(victim.url, `/tasks/${id}/results`)).json()) as Record<
        string,
        object
      >
      return { ...rest, id: null, frames: usage && 'processed_frames' in usage && usage.processed_frames }
    }
    expect(await results(killed)).toEqual(await results(letBe))
    await victim.process.stop()
  },
)

async function started(data: string) {
  const process = Victim.start('serve', ['--data', data, '--port', '0'], { FIELDREEL_API_KEY: KEY })
  const { url } = JSON.parse((await process.firstLine()) ?? '{}') as { url: string }
  return { process, url }
}

/** A stream without what differs from one run to the next. */
function timeless(stream: Buffer): string[] {
  return stream
    .toString('utf8')
    .replaceAll(/"id":"[^"]+"/g, '"id":""')
    .replaceAll(/"(elapsed_ms|processing_time_ms)":\d+/g, '"$1":0')
    .split('\n\n')
}
