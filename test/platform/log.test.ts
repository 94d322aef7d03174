import { readdir, readFile, writeFile, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { LOG_LEVELS, type Log, openLog } from '../../main/platform/log/index.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { HOSTILE_NAMES, RAW } from '../support/hostile-names.ts'

interface Opened {
  readonly log: Log
  readonly folder: string
  text(): Promise<string>
}

async function open(env: NodeJS.ProcessEnv = {}, mostBytes?: number): Promise<Opened> {
  const folder = path.join(await temporaryFolder(), 'logs')
  const { log, close } = openLog(folder, { alsoStderr: false, env, ...(mostBytes !== undefined && { mostBytes }) })
  onTestFinished(close)
  return { log, folder, text: () => readFile(path.join(folder, 'fieldreel.log'), 'utf8') }
}

const levelsOf = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { msg: string }).msg)

describe('FIELDREEL_LOG_LEVEL', () => {
  const spoken = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const

  it.each(LOG_LEVELS)('%s lets in that level and what is graver', async (level) => {
    const { log, text } = await open({ FIELDREEL_LOG_LEVEL: level })
    for (const said of spoken) log[said](said)
    const from = level === 'silent' ? spoken.length : spoken.indexOf(level)
    expect(levelsOf(await text())).toEqual(spoken.slice(from))
  })

  it('is info when it is not set', async () => {
    const { log, text } = await open()
    for (const said of spoken) log[said](said)
    expect(levelsOf(await text())).toEqual(['info', 'warn', 'error', 'fatal'])
  })

  it.each(['verbose', '30', 'debug,info'])('%s is refused with the levels there are', async (level) => {
    await expect(open({ FIELDREEL_LOG_LEVEL: level })).rejects.toMatchObject({
      code: 'invalid_input',
      message: `FIELDREEL_LOG_LEVEL is one of trace, debug, info, warn, error, fatal, silent, not "${level}".`,
    })
  })
})

describe('the size of the log', () => {
  it('is bounded while it is written: the file and three before it, none larger than the limit', async () => {
    const { log, folder } = await open({}, 2000)
    for (let number = 0; number < 200; number += 1) log.info({ number }, 'a line')
    const names = await readdir(folder)
    expect(names.sort()).toEqual(['fieldreel.log', 'fieldreel.log.1', 'fieldreel.log.2', 'fieldreel.log.3'])
    const texts = await Promise.all(
      ['.3', '.2', '.1', ''].map((end) => readFile(path.join(folder, `fieldreel.log${end}`), 'utf8')),
    )
    for (const text of texts) expect(text.length).toBeLessThanOrEqual(2000)
    const numbers = texts
      .join('')
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { number: number }).number)
    expect(numbers.at(-1)).toBe(199)
    // Nothing between the oldest line that is kept and the newest is lost.
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, at) => 200 - numbers.length + at))
  })

  it('counts what an earlier process wrote', async () => {
    const folder = path.join(await temporaryFolder(), 'logs')
    await mkdir(folder)
    await writeFile(path.join(folder, 'fieldreel.log'), 'x'.repeat(1990))
    const { log, close } = openLog(folder, { alsoStderr: false, env: {}, mostBytes: 2000 })
    onTestFinished(close)
    log.info('a line')
    expect((await readFile(path.join(folder, 'fieldreel.log.1'), 'utf8')).length).toBe(1990)
    expect(levelsOf(await readFile(path.join(folder, 'fieldreel.log'), 'utf8'))).toEqual(['a line'])
  })

  it('has no line lost that is said right before the end', async () => {
    const { log, text } = await open()
    log.fatal('the last one')
    expect(levelsOf(await text())).toEqual(['the last one'])
  })
})

const KEY = 'fieldreel_Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0'
const OWN = 'my "own" key of 20 letters'
const MAC = 'q3_-'.repeat(10) + 'abc'
const TOKEN = `${'WyJhYmMiLDEyM10'.repeat(4)}.${MAC}`

/** Ways in which a key or link gets into a line, with what of it may not be read there. */
const LEAKS: ReadonlyArray<readonly [where: string, say: (log: Log) => void, secret: string]> = [
  ['a message', (log) => log.info(`refused ${KEY}`), KEY],
  ['a field', (log) => log.info({ given: { deep: [KEY] } }, 'refused'), KEY],
  ['the message of an error', (log) => log.error({ err: new Error(`no such key: ${KEY}`) }), KEY],
  ['the stack of an error', (log) => log.error({ err: withStack(KEY) }), KEY],
  ['the cause of an error', (log) => log.error({ err: new Error('a', { cause: new Error(`b ${KEY}`) }) }), KEY],
  ['a field of an error', (log) => log.error({ err: Object.assign(new Error('a'), { config: { url: KEY } }) }), KEY],
  ['the owner’s own key', (log) => log.info({ key: OWN }), JSON.stringify(OWN).slice(1, -1)],
  ['a Bearer header', (log) => log.info('Authorization: Bearer short-one'), 'short-one'],
  ['headers as an object', (log) => log.info({ headers: { authorization: 'Bearer abcdefg' } }), 'abcdefg'],
  ['headers as a list', (log) => log.info({ rawHeaders: ['X-API-Key', 'abcdefg'] }), 'abcdefg'],
  ['X-API-Key as a field', (log) => log.info({ req: { headers: { 'x-api-key': 'abcdefg' } } }), 'abcdefg'],
  ['X-API-Key as text', (log) => log.info('X-API-Key: abcdefg\r\nHost: a'), 'abcdefg'],
  ['Basic', (log) => log.info('authorization: Basic YTpiYWFhYQ=='), 'YTpiYWFhYQ'],
  ['a cookie', (log) => log.info({ headers: { cookie: 'session=abcdefg' } }), 'abcdefg'],
  ['a signed URL', (log) => log.info(`GET /api/v2/videos/1/file?expires=1&signature=${MAC}`), MAC],
  ['a signed URL within a URL', (log) => log.info(`GET /?u=%2Fa%3Fexpires%3D1%26signature%3D${MAC}`), MAC],
  ['the path of a part URL', (log) => log.info(`PUT /api/v2/video-uploads/parts/${TOKEN}`), MAC],
  ['the path of a part URL, its payload', (log) => log.info({ url: `/parts/${TOKEN}` }), TOKEN.slice(0, 30)],
  ['a cloud store’s URL', (log) => log.info('https://a/b?X-Amz-Signature=abcdefg&x=1'), 'abcdefg'],
  ['a token in a query', (log) => log.info('https://a/b?token=abcdefg'), 'abcdefg'],
  ['who signs in within a URL', (log) => log.info('https://anna:abcdefg@host/film.mp4'), 'abcdefg'],
  ['a field called token', (log) => log.info({ part: { token: 'abcdefg' } }), 'abcdefg'],
  ['JSON as text', (log) => log.info(JSON.stringify({ apiKey: 'abcdefg' })), 'abcdefg'],
]

function withStack(text: string): Error {
  const error = new Error('a')
  error.stack = `Error: a\n    at ${text} (file.ts:1:1)`
  return error
}

describe('the log', () => {
  it.each(LEAKS)('hides a key or link in %s', async (_where, say, secret) => {
    const { log, text } = await open({ FIELDREEL_API_KEY: OWN, FIELDREEL_LOG_LEVEL: 'trace' })
    say(log)
    const line = await text()
    expect(line).toContain('[hidden]')
    expect(line).not.toContain(secret)
    expect(() => levelsOf(line)).not.toThrow()
  })

  it.each([
    ['a path', '/api/v2/videos/0b9f4a52-6a43-4c7e-9f0e-1f9d4d1d2c3b/file'],
    ['a sha-256', 'a'.repeat(64)],
    ['prose', 'This key may not do that: it lacks the scope "write". An API key is needed.'],
    ['the start of a key that tells keys apart', 'fieldreel_Zm9v'],
    ['a link without its signature', '/api/v2/videos/1/file?expires=1764547200'],
  ])('shows %s', async (_what, said) => {
    const { log, text } = await open()
    log.info(said)
    expect(levelsOf(await text())).toEqual([said])
  })

  it('reads a long line once', async () => {
    const { log } = await open()
    const before = performance.now()
    log.info('ab-_'.repeat(250_000))
    log.info('://a:b'.repeat(100_000))
    log.info(`authorization${' '.repeat(500_000)}`)
    expect(performance.now() - before).toBeLessThan(3000)
  })

  it.each(HOSTILE_NAMES)('escapes a name that %s, and stays JSON of the same value', async (_does, name) => {
    const { log, text } = await open()
    log.info({ name }, 'imported')
    const line = await text()
    expect(line.replace(/\n$/, '')).not.toMatch(RAW)
    expect((JSON.parse(line) as { name: string }).name).toBe(name)
  })
})
