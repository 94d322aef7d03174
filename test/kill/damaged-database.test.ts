import { cp, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineError } from '../../main/contract/index.ts'
import { openEngine } from '../support/engine.ts'
import { randomFrom } from '../support/random.ts'
import { repeats } from '../support/schedule.ts'
import { type Damage, FILE_DAMAGES, pageDamage } from './damages.ts'
import { type FilledLibrary, fillLibrary, footageOf, KEY, pathsOf } from '../support/filled-library.ts'
import { Victim } from './victim.ts'

/** Pages that are overwritten; `FIELDREEL_DAMAGES` and `FIELDREEL_SEED` choose others. */
const PAGES = repeats('FIELDREEL_DAMAGES', { short: 30, long: 240 })
const SEED = Number(process.env['FIELDREEL_SEED'] ?? 20_261_129)
/** One in so many page damages is met by a real process, the others in this one. */
const PROCESS_EVERY = 6
/** ID-86 */
const LONGEST_START_MS = 10_000
const STACK = /\n\s+at |SqliteError|ZodError|TypeError|RangeError|SyntaxError/

let folder = ''
let library: FilledLibrary
let footage: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'fieldreel-damage-'))
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

it('a library is filled', { timeout: 120_000 }, async () => {
  library = await fillLibrary(folder)
  footage = await footageOf(library.data)
  expect(footage).toHaveLength(1)
})

describe('a start with a damaged database ends in service, read only or a clear message, and deletes no footage', () => {
  it.each(FILE_DAMAGES)('$name', { timeout: 60_000 }, async (damage) => {
    await meet(damage, 1, startProcess)
    await meet(damage, 2, startHere)
  })

  it(`${PAGES} pages overwritten`, { timeout: PAGES * 10_000 }, async () => {
    const seen = { service: 0, 'read only': 0, message: 0 }
    for (let index = 0; index < PAGES; index += 1) {
      const start = index % PROCESS_EVERY === 0 ? startProcess : startHere
      seen[await meet(pageDamage(index), index, start)] += 1
    }
    console.log(seen)
    // A page that is free, or a byte that nothing looks at, may change without harm; most damage must be noticed.
    expect(seen['read only'] + seen.message).toBeGreaterThan(PAGES / 2)
  })
})

type Outcome = 'service' | 'read only' | 'message'

interface Started {
  readonly url: string | null
  /** What a person reads. */
  readonly said: () => string
  readonly stop: () => Promise<void>
}

/** Applies a damage to a copy of the library, starts on it and asks everything. */
async function meet(damage: Damage, index: number, start: (data: string) => Promise<Started>): Promise<Outcome> {
  const data = path.join(folder, `damaged-${index}`)
  await cp(library.data, data, { recursive: true })
  try {
    damage.apply(path.join(data, 'fieldreel.db'), library.older, randomFrom(SEED + index))
    const began = performance.now()
    const { url, said, stop } = await start(data)
    expect(performance.now() - began, damage.name).toBeLessThan(LONGEST_START_MS)
    try {
      if (url !== null) await askEverything(url, damage.name)
    } finally {
      await stop()
    }
    expect(said(), damage.name).not.toMatch(STACK)
    expect(await footageOf(data), damage.name).toEqual(footage)
    if (url === null) return 'message'
    return said().includes('read only') ? 'read only' : 'service'
  } finally {
    await rm(data, { recursive: true, force: true })
  }
}

async function startProcess(data: string): Promise<Started> {
  const victim = Victim.start('serve', ['--data', data, '--port', '0'], {
    FIELDREEL_API_KEY: KEY,
    FIELDREEL_LOG_LEVEL: 'silent',
  })
  const line = await victim.firstLine()
  if (line === null) {
    expect(await victim.ended()).toBe(1)
    expect(victim.said).toMatch(CLEAR)
  }
  const url = line === null ? null : (JSON.parse(line) as { url: string }).url
  return { url, said: () => victim.said, stop: () => victim.stop() }
}

/** Every message says what is wrong and what to do. */
const CLEAR = /The library's database is damaged and cannot be read\. .*npm run library -- |made by a newer Fieldreel/

async function startHere(data: string): Promise<Started> {
  try {
    const engine = await openEngine(data, { ...process.env, FIELDREEL_API_KEY: KEY })
    const server = await engine.serve({ host: '127.0.0.1', port: 0 })
    const stop = async (): Promise<void> => {
      await server.close()
      await engine.close()
    }
    return { url: server.url, said: () => engine.notice ?? '', stop }
  } catch (error) {
    const { message } = error as EngineError
    expect(message).toMatch(CLEAR)
    return { url: null, said: () => message, stop: async () => undefined }
  }
}

async function askEverything(url: string, what: string): Promise<void> {
  for (const asked of pathsOf(library))
    await expectAnswer(url + asked, { headers: AUTHORIZED }, `${what}: GET ${asked}`)
  const written = await expectAnswer(
    `${url}/api/v1/albums/`,
    { method: 'POST', headers: { ...AUTHORIZED, 'content-type': 'application/json' }, body: '{"title":"A new one"}' },
    `${what}: POST albums`,
  )
  expect([200, 201, 503], what).toContain(written.status)
}

const AUTHORIZED = { authorization: `Bearer ${KEY}` }

async function expectAnswer(url: string, init: RequestInit, what: string): Promise<Response> {
  const answer = await fetch(url, init)
  const text = answer.headers.get('content-type')?.startsWith('video/') ? '' : await answer.text()
  if (text === '') await answer.body?.cancel().catch(() => undefined)
  expect(answer.status === 503 || answer.status < 500, `${what}: ${answer.status} ${text}`).toBe(true)
  return answer
}
