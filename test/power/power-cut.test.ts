import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { FRIDAY } from '../fixtures/clips.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { Disk, type Promised } from './disk.ts'
import { Traced, whyNoTrace } from './traced.ts'
import type { Deed } from './trace.ts'

// The real commands, every call of theirs written down, played again on a disk that keeps no more than POSIX makes it.

const KEY = 'a_key_of_at_least_twenty_letters'
const why = whyNoTrace()
/** Found at the same places in every library. */
const inLibrary = (data: string, sha256: string) => ({
  database: path.join(data, 'fieldreel.db'),
  log: path.join(data, 'fieldreel.db-wal'),
  secrets: path.join(data, 'secrets.json'),
  object: path.join(data, 'objects', sha256.slice(0, 2), sha256),
})

/** What an answer promises, made when it begins to be sent. */
type Promises = (disk: Disk) => Promised[]

/**
 * Plays the calls again.
 * @param answers finds the answers among what was told, and says what each promises.
 * @returns what a power cut could take of what was promised, after each call from the promise on.
 */
function replay(root: string, deeds: readonly Deed[], answers: (deed: Deed) => Promises | null) {
  const disk = new Disk(root)
  const promised: Promised[] = []
  const losses = new Set<string>()
  const given: string[] = []
  for (const deed of deeds) {
    const promises = answers(deed)
    if (promises) {
      const made = promises(disk)
      given.push(...made.map(({ what }) => what))
      promised.push(...made)
    }
    disk.do(deed)
    for (const one of promised) {
      const loss = disk.lossOf(one)
      if (loss !== null) losses.add(loss)
    }
  }
  return { given, losses: [...losses] }
}

let clip: Buffer
let sha256 = ''
beforeAll(async () => {
  clip = await readFile(FRIDAY)
  sha256 = createHash('sha256').update(clip).digest('hex')
})

interface Plan {
  readonly media_id: string
  readonly upload_id: string
  readonly chunks: ReadonlyArray<{ readonly upload_url: string }>
}

/** Asks a server one thing after the other and notes what each good answer was to. */
class Client {
  readonly asked: string[] = []
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  async send(what: string, place: string, body: object): Promise<Response> {
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }
    return await this.#ask(what, this.#url + place, { method: 'POST', headers, body: JSON.stringify(body) })
  }

  async put(what: string, url: string, body: Uint8Array): Promise<Response> {
    return await this.#ask(what, url, { method: 'PUT', body: new Uint8Array(body) })
  }

  async #ask(what: string, url: string, init: RequestInit): Promise<Response> {
    const answer = await fetch(url, init)
    if (!answer.ok) throw new Error(`${what}: ${answer.status} ${await answer.text()}`)
    this.asked.push(what)
    return answer
  }
}

describe('a power cut after any call', () => {
  it(
    'takes nothing that an upload was promised, from its first answer to its last',
    { timeout: 120_000 },
    async ({ skip }) => {
      if (why !== null) skip(why)
      const root = await temporaryFolder()
      const traced = new Traced('serve', root, ['--port', '0'], { FIELDREEL_API_KEY: KEY })
      const { url } = JSON.parse(await traced.firstLine) as { url: string }
      const client = new Client(url)
      const uploads = '/api/v2/video-uploads'
      const file = { filename: 'friday.mp4', content_type: 'video/mp4', size_bytes: clip.length }
      const plan = (await (await client.send('initiate', `${uploads}/initiate`, file)).json()) as Plan
      const ref = { media_id: plan.media_id, upload_id: plan.upload_id }
      const stored = await client.put('part', plan.chunks[0]!.upload_url, clip)
      const part = { ...ref, chunk_number: 1, size_bytes: clip.length, etag: stored.headers.get('etag') }
      await client.send('confirm', `${uploads}/chunks/confirm`, part)
      await client.send('complete', `${uploads}/complete`, { ...ref, auto_analyze: false })
      await client.send('rotate', '/api/v2/secrets/rotate', {})
      await client.send('key', '/api/v2/api-keys', { name: 'Van' })
      await traced.cut()

      const places = inLibrary(traced.data, sha256)
      const bytes = path.join(traced.data, 'uploads', plan.media_id, 'data')
      const promises: Readonly<Record<string, Promises>> = {
        initiate: (disk) => [disk.promise('the room for the upload', bytes, { anywhere: true })],
        part: (disk) => [disk.promise('the bytes of the part', bytes, { anywhere: true })],
        confirm: (disk) => [disk.promise('the confirmed bytes', bytes, { anywhere: true })],
        complete: (disk) => [disk.promise('the object', places.object)],
        rotate: (disk) => [disk.promise('the new secrets', places.secrets)],
        key: () => [],
      }
      let answered = 0
      const { given, losses } = replay(root, traced.deeds(), (deed) => {
        if (deed.did !== 'tell' || !/HTTP\/1\.1 2\d\d /.test(deed.text)) return null
        const what = client.asked[answered++]
        return (disk) => [
          ...(promises[what ?? '']?.(disk) ?? []),
          disk.promise(`the database at "${what}"`, places.database),
          disk.promise(`the rows of "${what}"`, places.log),
        ]
      })
      expect(losses).toEqual([])
      expect(answered).toBe(6)
      expect(given).toHaveLength(5 + 2 * 6)
    },
  )

  it('takes nothing that `ingest` said it has', { timeout: 120_000 }, async ({ skip }) => {
    if (why !== null) skip(why)
    const root = await temporaryFolder()
    const traced = new Traced('ingest', root, [FRIDAY, '--json'])
    expect(JSON.parse(await traced.firstLine)).toMatchObject({ sha256, error: null })
    await traced.ended()
    const places = inLibrary(traced.data, sha256)
    let told = 0
    const { losses } = replay(root, untilRemoved(traced.deeds(), places.log), (deed) => {
      if (deed.did !== 'tell' || !deed.text.includes(String.raw`\"sha256\":\"${sha256}`)) return null
      told += 1
      return (disk) => [
        disk.promise('the object', places.object),
        disk.promise('the rows', places.log),
        disk.promise('the secrets', places.secrets),
      ]
    })
    expect(losses).toEqual([])
    expect(told).toBe(1)
  })

  it('does not replace a certificate whose fingerprint was printed', { timeout: 60_000 }, async ({ skip }) => {
    if (why !== null) skip(why)
    const root = await temporaryFolder()
    const traced = new Traced('serve', root, ['--host', '0.0.0.0', '--port', '0'], { FIELDREEL_API_KEY: KEY })
    expect(JSON.parse(await traced.firstLine)).toHaveProperty('fingerprint')
    await traced.cut()
    const tls = path.join(traced.data, 'tls')
    const { given, losses } = replay(root, traced.deeds(), (deed) =>
      deed.did === 'tell' && deed.text.includes('fingerprint')
        ? (disk) => ['key.pem', 'certificate.pem'].map((name) => disk.promise(name, path.join(tls, name)))
        : null,
    )
    expect(losses).toEqual([])
    expect(given).toEqual(['key.pem', 'certificate.pem'])
  })
})

/** The end in order takes the write-ahead log away: what it held is in the database by then. */
function untilRemoved(deeds: readonly Deed[], file: string): readonly Deed[] {
  const at = deeds.findIndex((deed) => deed.did === 'remove' && deed.path === file)
  return at < 0 ? deeds : deeds.slice(0, at)
}
