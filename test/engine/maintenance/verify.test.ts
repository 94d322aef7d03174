import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { type Finding, PART_BYTES } from '../../../main/contract/index.ts'
import { verify } from '../../../main/engine/maintenance/verify/verify.ts'
import { makeLibrary, untilDone } from '../../support/filled-library.ts'
import { openEngine } from '../../support/engine.ts'
import { randomFrom } from '../../support/random.ts'
import { until } from '../../support/until.ts'
import { withDatabase } from '../../kill/library-check.ts'
import { repeats } from '../../support/schedule.ts'
import { folderForAll, temporaryFolder } from '../../support/temporary-folder.ts'
import { damage, filesBelow, flipBit, objectsOf, swap, truncate } from './damage.ts'
import { describeAs } from '../../support/library-rows.ts'

const SEED = Number(process.env['FIELDREEL_SEED'] ?? 20_261_129)
/** Each damages about half of a library. */
const ROUNDS = repeats('FIELDREEL_DAMAGE_ROUNDS', { short: 4, long: 20 })
const UNLIMITED = { idle: null, busy: null }

let library = ''
let uploadId = ''

beforeAll(async () => {
  ;({ library, uploadId } = await makeLibrary(await folderForAll(), 4))
}, 120_000)

/** A copy of the library that may be damaged. */
async function copyOfLibrary(): Promise<string> {
  const copy = path.join(await temporaryFolder(), 'library')
  cpSync(library, copy, { recursive: true })
  return copy
}

async function findingsOf(root: string, signal = new AbortController().signal): Promise<Finding[]> {
  const findings: Finding[] = []
  const call = { signal, onFinding: (finding: Finding) => findings.push(finding), onProgress: () => undefined }
  await verify({ root, rates: UNLIMITED, after: '', badObjects: [] }, call)
  return findings
}

const pathsOf = (findings: readonly Finding[]) => findings.map((finding) => finding.path).toSorted()

it('finds nothing in an intact library', async () => {
  expect(await findingsOf(library)).toEqual([])
})

it(`names each random damage of ${ROUNDS} rounds, and nothing else`, { timeout: 360_000 }, async () => {
  const random = randomFrom(SEED)
  let damages = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const root = await copyOfLibrary()
    const all = [...filesBelow(root, 'objects'), ...filesBelow(root, 'derived'), `uploads/${uploadId}/data`]
    const chosen = all.filter(() => random() < 0.45)
    const done = chosen.map((file) => {
      const whole = path.join(root, file)
      // Beyond what has arrived an upload holds nothing yet.
      if (!file.startsWith('uploads/')) return `${damage(whole, random)} ${file}`
      const bytes = readFileSync(whole)
      const at = Math.floor(random() * 2 * PART_BYTES)
      bytes[at] = (bytes[at] ?? 0) ^ 1
      writeFileSync(whole, bytes)
      return `bit ${file}`
    })
    damages += chosen.length
    const findings = await findingsOf(root)
    expect(pathsOf(findings), `seed ${SEED}, round ${round}: ${done.join(', ')}`).toEqual(chosen.toSorted())
    for (const { problem, path: file } of findings) {
      expect(`${problem} ${file}`).toBe(`${existsAs(done, file)} ${file}`)
    }
  }
  expect(damages).toBeGreaterThanOrEqual(10 * ROUNDS)
})

function existsAs(done: readonly string[], file: string): 'missing' | 'damaged' {
  return done.includes(`deletion ${file}`) ? 'missing' : 'damaged'
}

it('names two objects whose names were swapped, with the titles of both', async () => {
  const root = await copyOfLibrary()
  const [one = '', other = ''] = objectsOf(root)
  swap(path.join(root, one), path.join(root, other))
  const findings = await findingsOf(root)
  expect(findings.map(({ path: file, sha256, heals }) => ({ file, sha256, heals }))).toEqual([
    { file: one, sha256: path.basename(one), heals: 'import' },
    { file: other, sha256: path.basename(other), heals: 'import' },
  ])
  expect(findings.map(({ title }) => title)).not.toContain(null)
  expect(findings[0]?.remedy).toContain(findings[1]?.title)
})

it('names every chunk of an upload that is not what was received', async () => {
  const root = await copyOfLibrary()
  const file = path.join(root, 'uploads', uploadId, 'data')
  const bytes = readFileSync(file)
  bytes[5] = bytes[5]! ^ 1
  bytes[PART_BYTES + 5] = bytes[PART_BYTES + 5]! ^ 1
  writeFileSync(file, bytes)
  const findings = await findingsOf(root)
  expect(findings.map(({ kind, problem }) => `${problem} ${kind}`)).toEqual(['damaged upload', 'damaged upload'])
  expect(findings.map(({ remedy }) => /Chunk \d/.exec(remedy)?.[0])).toEqual(['Chunk 1', 'Chunk 2'])
  rmSync(file)
  expect(await findingsOf(root)).toMatchObject([
    { kind: 'upload', problem: 'missing', videoId: uploadId, title: 'card.mp4' },
  ])
})

it('names an object without a row and ignores foreign files', async () => {
  const root = await copyOfLibrary()
  const [object = ''] = objectsOf(root)
  const stray = `objects/ab/ab${'0'.repeat(62)}`
  mkdirSync(path.join(root, 'objects/ab'), { recursive: true })
  cpSync(path.join(root, object), path.join(root, stray))
  writeFileSync(path.join(root, 'objects/ab/notes.txt'), 'mine')
  mkdirSync(path.join(root, 'objects/.stversions/ab'), { recursive: true })
  expect(await findingsOf(root)).toMatchObject([{ kind: 'object', problem: 'unknown', path: stray, heals: 'none' }])
  expect(existsSync(path.join(root, stray))).toBe(true)
})

it('names a file beside an object that does not say what the rows say, or is not there', async () => {
  const root = await copyOfLibrary()
  const [renamed = '', cut = '', gone = '', linked = ''] = objectsOf(root).map((file) => `${file}.json`)
  // As an older copy of the database leaves it: whole, and no change of a row is on its way to it.
  withDatabase(root, (database) => {
    describeAs(database, { title: 'Another' }, hashIn(renamed))
    database.prepare('DELETE FROM stale_sidecars').run()
  })
  truncate(path.join(root, cut), () => 0.5)
  rmSync(path.join(root, gone))
  rmSync(path.join(root, linked))
  symlinkSync(path.join(library, linked), path.join(root, linked))
  const findings = await findingsOf(root)
  expect(new Map(findings.map(({ path: file, problem }) => [file, problem]))).toEqual(
    new Map([
      [renamed, 'damaged'],
      [cut, 'damaged'],
      [gone, 'missing'],
      [linked, 'damaged'],
    ]),
  )
  expect(new Set(findings.map(({ kind, heals }) => `${kind} ${heals}`))).toEqual(new Set(['sidecar itself']))
})

const hashIn = (file: string): string => path.basename(file).slice(0, 64)

it('writes again what lies beside a damaged film at once, and makes no pictures of the damage', async () => {
  const root = await copyOfLibrary()
  const [object = ''] = objectsOf(root)
  const pictures = filesBelow(root, 'derived')
  flipBit(path.join(root, object), randomFrom(4))
  rmSync(path.join(root, `${object}.json`))
  expect(pathsOf(await findingsOf(root))).toEqual([object, `${object}.json`])
  const engine = await openEngine(root)
  await until('the sidecar', () => existsSync(path.join(root, `${object}.json`)))
  await engine.close()
  expect(pathsOf(await findingsOf(root))).toEqual([object])
  expect(filesBelow(root, 'derived')).toEqual(pictures)
  expect(withDatabase(root, (rows) => rows.prepare(OPEN_JOBS).all())).toEqual([])
})

it('removes nothing that lies beside an object, also not what names films that no row knows', async () => {
  const root = await copyOfLibrary()
  const [object = ''] = objectsOf(root)
  const file = path.join(root, `${object}.json`)
  withDatabase(root, (database) => {
    describeAs(database, { title: 'Older' }, path.basename(object))
    database.prepare('DELETE FROM stale_sidecars').run()
  })
  const unknown = { id: '3fa85f64-5717-4562-b3fc-2c963f66afa6', title: 'Not in this database' }
  const told = JSON.parse(readFileSync(file, 'utf8')) as { videos: object[] }
  writeFileSync(file, JSON.stringify({ ...told, videos: [...told.videos, unknown] }))
  expect(pathsOf(await findingsOf(root))).toEqual([`${object}.json`])
  const engine = await openEngine(root)
  await until('the sidecar', () => readFileSync(file, 'utf8').includes('Older'))
  await engine.close()
  expect(readFileSync(file, 'utf8')).toContain(unknown.title)
  expect(await findingsOf(root)).toEqual([])
})

it('does not take a link for the object that it leads to', async () => {
  const root = await copyOfLibrary()
  const [object = ''] = objectsOf(root)
  cpSync(path.join(root, object), path.join(root, '../elsewhere'))
  rmSync(path.join(root, object))
  symlinkSync(path.join(root, '../elsewhere'), path.join(root, object))
  expect(await findingsOf(root)).toMatchObject([{ path: object, problem: 'damaged' }])
})

it('names damage of the database and still reads every object', async () => {
  const root = await copyOfLibrary()
  const [object = ''] = objectsOf(root)
  flipBit(path.join(root, object), randomFrom(1))
  const file = path.join(root, 'fieldreel.db')
  const bytes = readFileSync(file)
  for (let page = 4; page < 40; page += 1) bytes.fill(page, page * 4096, page * 4096 + 2048)
  writeFileSync(file, bytes)
  const findings = await findingsOf(root)
  expect(findings.filter(({ kind }) => kind === 'database')).toMatchObject([{ problem: 'damaged', heals: 'backup' }])
  expect(findings.filter(({ kind }) => kind === 'object').map((one) => one.path)).toContain(object)

  writeFileSync(file, 'no database at all')
  const more = await findingsOf(root)
  expect(pathsOf(more)).toEqual(['fieldreel.db', object].toSorted())
  rmSync(file)
  expect(await findingsOf(root)).toMatchObject([{ kind: 'database', problem: 'missing' }, { path: object }])
})

/** Opens a library until all that is made from its films is there and good. */
async function openUntilHealed(root: string): Promise<void> {
  const engine = await openEngine(root)
  await untilDone(engine)
  await until('the pictures', () => withDatabase(root, (rows) => rows.prepare(OPEN_JOBS).all().length === 0), 60_000)
  await engine.close()
}

const OPEN_JOBS = `SELECT 1 FROM jobs WHERE status IN ('pending', 'processing')`

it('makes again what was damaged once the library is opened', { timeout: 60_000 }, async () => {
  const root = await copyOfLibrary()
  const random = randomFrom(SEED)
  for (const file of filesBelow(root, 'derived')) damage(path.join(root, file), random)
  const findings = await findingsOf(root)
  expect(pathsOf(findings)).toEqual(filesBelow(library, 'derived'))
  expect(new Set(findings.map(({ heals }) => heals))).toEqual(new Set(['itself']))
  await openUntilHealed(root)
  expect(await findingsOf(root)).toEqual([])
  expect(filesBelow(root, 'derived')).toEqual(filesBelow(library, 'derived'))
})

it('waits with what was made from a damaged film until good bytes are in its place', { timeout: 60_000 }, async () => {
  const root = await copyOfLibrary()
  const random = randomFrom(SEED)
  for (const file of [...objectsOf(root), ...filesBelow(root, 'derived')]) {
    if (file.endsWith('frames')) truncate(path.join(root, file), random)
    else flipBit(path.join(root, file), random)
  }
  const findings = await findingsOf(root)
  expect(new Set(findings.map(({ heals }) => heals))).toEqual(new Set(['import']))
  // The only pictures there are of these films.
  expect(filesBelow(root, 'derived')).toEqual(filesBelow(library, 'derived'))
  for (const file of objectsOf(root)) {
    rmSync(path.join(root, file))
    writeFileSync(path.join(root, file), readFileSync(path.join(library, file)))
  }
  await openUntilHealed(root)
  expect(await findingsOf(root)).toEqual([])
})

it('stops soon, and continues after the object it had reached', async () => {
  const stopping = new AbortController()
  stopping.abort()
  await expect(findingsOf(library, stopping.signal)).rejects.toMatchObject({ name: 'AbortError' })
  const root = await copyOfLibrary()
  const objects = objectsOf(root)
  for (const file of objects) flipBit(path.join(root, file), randomFrom(2))
  const findings: Finding[] = []
  const after = path.basename(objects[1] ?? '')
  await verify(
    { root, rates: UNLIMITED, after, badObjects: objects.slice(0, 2).map((file) => path.basename(file)) },
    { signal: new AbortController().signal, onFinding: (one) => findings.push(one), onProgress: () => undefined },
  )
  expect(pathsOf(findings)).toEqual(objects.slice(2))
})

it('refuses a folder without a library instead of making one', async () => {
  const folder = path.join(await temporaryFolder(), 'nothing')
  await expect(findingsOf(folder)).rejects.toMatchObject({ code: 'not_found' })
  expect(existsSync(folder)).toBe(false)
})
