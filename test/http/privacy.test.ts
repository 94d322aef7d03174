import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { compose } from '../../main/compose.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { json, OWNER } from './live-server.ts'
import { as, post } from './scripted-server.ts'

// "no raw IP, user agent or plain hash of an IP is ever stored or logged; X-Forwarded-For ignored unless a trusted proxy
// is set"

const BRITISH = '141.1.1.1'
const AMERICAN = '8.8.8.8'
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0 secretmark/77'

interface Geography {
  readonly total_views: number
  readonly countries: { country: string; country_code: string | null; views: number }[]
}

/** A library whose viewers come by a proxy, or say so. */
async function open(data: string, env: Readonly<Record<string, string>>) {
  const engine = await compose({
    ...{ data, workersFolder: path.resolve('out/main'), version: '1.2.3', logToStderr: false },
    env: { ...process.env, FIELDREEL_API_KEY: OWNER, FIELDREEL_LOG_LEVEL: 'trace', ...env },
  })
  onTestFinished(() => engine.close())
  const server = await engine.serve({ host: '127.0.0.1', port: 0, tls: false })
  const url = `${server.url}/api/v1/videos`
  const { video_id } = await json<{ video_id: string }>(fetch(url, post(OWNER, { title: 'Watched' })), 201)
  const track = (forwarded: string, body: object = { watch_duration: 5, completion_percentage: 5 }) =>
    fetch(`${url}/${video_id}/track-view`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': AGENT, 'x-forwarded-for': forwarded },
      body: JSON.stringify(body),
    })
  const analytics = <T>(what: string) => json<T>(fetch(`${url}/${video_id}/analytics${what}`, { headers: as(OWNER) }))
  const close = async (): Promise<void> => {
    await server.close()
    await engine.close()
  }
  return { track, analytics, close }
}

async function everythingIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n')
}

function hashesOf(address: string): string[] {
  return ['sha256', 'sha1', 'md5'].flatMap((algorithm) => {
    const hash = createHash(algorithm).update(address).digest()
    return [hash.toString('hex'), hash.toString('base64'), hash.toString('base64url'), hash.toString('latin1')]
  })
}

it('leaves nothing of an address or a user agent behind, in the database, its log or ours', async () => {
  const data = path.join(await temporaryFolder(), 'data')
  const { track, analytics, close } = await open(data, { FIELDREEL_TRUSTED_PROXY: '127.0.0.1' })
  try {
    for (const address of [BRITISH, BRITISH, AMERICAN]) expect((await track(address)).status).toBe(200)
    // Refused ones are logged with their reason.
    expect((await track(BRITISH, { watch_duration: 'x' })).status).toBe(422)
    expect(await analytics('/geography')).toMatchObject({
      ...{
        total_views: 3,
        countries: [
          { country_code: 'GB', views: 2 },
          { country_code: 'US', views: 1 },
        ],
      },
    })
    expect(await analytics('')).toMatchObject({ unique_viewers: 2 })
    const written = await everythingIn(data)
    // That it is the right place to look, while the write-ahead log is still there.
    expect(written).toContain('Firefox')
    const traces = [BRITISH, AMERICAN, 'secretmark', 'Gecko/20100101', ...[BRITISH, AMERICAN].flatMap(hashesOf)]
    expect(traces.filter((trace) => written.includes(trace))).toEqual([])
  } finally {
    await close()
  }
})

it.each([
  ['no proxy is trusted', {}, BRITISH, null],
  ['the proxy is another one', { FIELDREEL_TRUSTED_PROXY: '10.0.0.0/8' }, BRITISH, null],
  ['a proxy says so', { FIELDREEL_TRUSTED_PROXY: '127.0.0.0/8, 10.0.0.1' }, BRITISH, 'GB'],
  ['a viewer made the first hops up', { FIELDREEL_TRUSTED_PROXY: '127.0.0.1' }, `${AMERICAN}, ${BRITISH}`, 'GB'],
  ['two proxies are trusted', { FIELDREEL_TRUSTED_PROXY: '127.0.0.1,10.0.0.1' }, `${BRITISH}, 10.0.0.1`, 'GB'],
])('where %s, X-Forwarded-For counts accordingly', async (_when, env, forwarded, country) => {
  const { track, analytics, close } = await open(path.join(await temporaryFolder(), 'data'), env)
  try {
    await track(forwarded)
    const { countries } = await analytics<Geography>('/geography')
    expect(countries.map(({ country_code: code }) => code)).toEqual([country])
    if (country === null) expect(countries[0]?.country).toBe('Local network')
  } finally {
    await close()
  }
})

it('says what is wrong with a proxy that is no address', async () => {
  const data = path.join(await temporaryFolder(), 'data')
  await expect(open(data, { FIELDREEL_TRUSTED_PROXY: 'my-proxy' })).rejects.toMatchObject({
    ...{ code: 'unavailable', message: expect.stringContaining('FIELDREEL_TRUSTED_PROXY') as string },
  })
})
