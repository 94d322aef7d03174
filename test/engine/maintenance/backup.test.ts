import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import path from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { compose } from '../../../main/compose.ts'
import { type Finding, PART_BYTES } from '../../../main/contract/index.ts'
import { backUp } from '../../../main/engine/maintenance/backup/backup.ts'
import { restore } from '../../../main/engine/maintenance/backup/restore.ts'
import { readSidecar, writeSidecar } from '../../../main/engine/objects/index.ts'
import { verify } from '../../../main/engine/maintenance/verify/verify.ts'
import { withDatabase } from '../../kill/library-check.ts'
import { makeLibrary } from '../../support/filled-library.ts'
import { randomFrom } from '../../support/random.ts'
import { folderForAll, temporaryFolder } from '../../support/temporary-folder.ts'
import { filesBelow, flipBit, objectsOf } from './damage.ts'
import { describeAs, forgetObjects } from '../../support/library-rows.ts'

const UNLIMITED = { idle: null, busy: null }
const quiet = { signal: new AbortController().signal, onProgress: () => undefined }

let library = ''

beforeAll(async () => {
  ;({ library } = await makeLibrary(await folderForAll(), 3))
}, 120_000)

async function backedUp(root: string, target: string) {
  const findings: Finding[] = []
  const done = await backUp(
    { root, target, rates: UNLIMITED },
    { ...quiet, onFinding: (finding) => findings.push(finding) },
  )
  return { ...done, findings }
}

async function restored(source: string, root: string): Promise<Finding[]> {
  const findings: Finding[] = []
  await restore({ source, root }, { ...quiet, onFinding: (finding) => findings.push(finding) })
  return findings
}

async function damagesOf(root: string): Promise<string[]> {
  const findings: Finding[] = []
  const request = { root, rates: UNLIMITED, after: '', badObjects: [] }
  await verify(request, { ...quiet, onFinding: (finding) => findings.push(finding) })
  return findings.map((finding) => finding.path)
}

/** Everything that a library keeps, with what it holds; modified in which millisecond. */
function contentsOf(root: string): string[] {
  const all = ['objects', 'derived', 'uploads', 'streams'].flatMap((folder) => filesBelow(root, folder))
  return all.map((file) => {
    const whole = path.join(root, file)
    const hash = createHash('sha256').update(readFileSync(whole)).digest('hex')
    return `${file} ${hash} ${Math.trunc(statSync(whole).mtimeMs)}`
  })
}

function rowsOf(root: string): unknown[] {
  return withDatabase(root, (database) => {
    const tables = database
      .prepare<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
      .all()
    return tables.map(({ name }) => [name, database.prepare(`SELECT * FROM "${name}"`).all()])
  })
}

async function copyOf(folder: string): Promise<string> {
  const copy = path.join(await temporaryFolder(), path.basename(folder))
  cpSync(folder, copy, { recursive: true, preserveTimestamps: true })
  return copy
}

async function places() {
  const folder = await temporaryFolder()
  return { target: path.join(folder, 'backup'), root: path.join(folder, 'restored') }
}

it('restores what it backed up: every file and every row', async () => {
  const { target, root } = await places()
  expect((await backedUp(library, target)).findings).toEqual([])
  expect(await restored(target, root)).toEqual([])
  expect(await damagesOf(root)).toEqual([])
  expect(contentsOf(root)).toEqual(contentsOf(library))
  expect(rowsOf(root)).toEqual(rowsOf(library))
})

it('keeps what it restores from other users of the machine', async () => {
  const { target, root } = await places()
  await backedUp(library, target)
  await restored(target, root)
  for (const file of [target, root, path.join(root, 'objects')]) expect(statSync(file).mode & 0o077).toBe(0)
  for (const file of [...filesBelow(root, '.'), ...filesBelow(target, 'objects'), ...filesBelow(target, 'files')]) {
    const whole = existsSync(path.join(root, file)) ? path.join(root, file) : path.join(target, file)
    if (!file.includes('lock')) expect(`${file} ${statSync(whole).mode & 0o077}`).toBe(`${file} 0`)
  }
})

it('copies only what is new the second time', async () => {
  const { target } = await places()
  const root = await copyOf(library)
  const first = await backedUp(root, target)
  const second = await backedUp(root, target)
  expect(first.copiedBytes).toBeGreaterThan(2 * PART_BYTES)
  expect(second).toMatchObject({ copiedBytes: 0, objects: first.objects, bytes: first.bytes })
})

it('deletes from the backup what neither it nor the one before needs', async () => {
  const { target, root: again } = await places()
  const root = await copyOf(library)
  await backedUp(root, target)
  const before = filesBelow(target, 'objects')
  const sha256 = withDatabase(root, (database) => {
    const video = database.prepare<{ id: string; sha256: string }>('SELECT id, sha256 FROM media LIMIT 1').get()!
    forgetObjects(database, video.sha256)
    return video.sha256
  })
  await backedUp(root, target)
  expect(filesBelow(target, 'objects')).toEqual(before)
  await backedUp(root, target)
  expect(filesBelow(target, 'objects')).toEqual(before.filter((file) => !file.includes(sha256)))
  await restored(target, again)
  expect(await damagesOf(again)).toEqual([])
})

it('names a damaged film, keeps the good copy of an earlier backup, and backs up all else', async () => {
  const { target, root: again } = await places()
  const root = await copyOf(library)
  const [object = '', other = ''] = objectsOf(root)
  await backedUp(root, target)
  flipBit(path.join(root, object), randomFrom(1))
  // The backup proved it once: it holds the only good copy now.
  expect((await backedUp(root, target)).findings).toEqual([])
  await restored(target, again)
  expect(await damagesOf(again)).toEqual([])

  const fresh = path.join(await temporaryFolder(), 'backup')
  rmSync(path.join(root, other))
  const { findings, objects } = await backedUp(root, fresh)
  expect(findings).toMatchObject([
    { path: object, problem: 'damaged', heals: 'import' },
    { path: other, problem: 'missing', heals: 'import' },
  ])
  expect(objects).toBe(1)
})

it('takes a fresh copy of the database when a film is deleted while it is copied', async () => {
  const { target, root: again } = await places()
  const root = await copyOf(library)
  const objects = objectsOf(root)
  const last = objects.at(-1) ?? ''
  const sha256 = path.basename(last)
  let isDeleted = false
  const onProgress = ({ step }: { step: string }): void => {
    // After the copy of the database, which still names it.
    if (isDeleted || step !== 'Copying') return
    isDeleted = true
    withDatabase(root, (database) => {
      forgetObjects(database, sha256)
    })
    rmSync(path.join(root, last))
    rmSync(path.join(root, `${last}.json`))
  }
  const findings: Finding[] = []
  const call = { ...quiet, onProgress, onFinding: (finding: Finding) => findings.push(finding) }
  await backUp({ root, target, rates: UNLIMITED }, call)
  expect(isDeleted).toBe(true)
  expect(findings).toEqual([])
  await restored(target, again)
  expect(await damagesOf(again)).toEqual([])
  expect(objectsOf(again)).toEqual(objects.filter((file) => file !== last))
})

it('holds a library that is sound where a title is changed while it is copied', async () => {
  const { target, root: again } = await places()
  const root = await copyOf(library)
  const sha256 = path.basename(objectsOf(root).at(-1) ?? '')
  const file = path.join(root, 'objects', sha256.slice(0, 2), `${sha256}.json`)
  const sidecar = (await readSidecar(file, sha256))!
  const onProgress = ({ step }: { step: string }): void => {
    if (step !== 'Copying') return
    // As the library does: the row, then the file beside the film, then the row that says so.
    withDatabase(root, (database) => {
      describeAs(database, { title: 'Meanwhile' }, sha256)
      database.prepare('DELETE FROM stale_sidecars').run()
    })
    const videos = sidecar.videos.map((video) => ({ ...video, title: 'Meanwhile' }))
    writeFileSync(file, writeSidecar({ ...sidecar, videos }))
  }
  await backUp({ root, target, rates: UNLIMITED }, { ...quiet, onProgress, onFinding: () => undefined })
  await restored(target, again)
  expect(readFileSync(file.replace(root, again), 'utf8')).toContain('Meanwhile')
  expect(await damagesOf(again)).toEqual([])
})

it('refuses a damaged database and keeps the backup that was there', async () => {
  const { target, root: again } = await places()
  const root = await copyOf(library)
  await backedUp(root, target)
  const manifest = readFileSync(path.join(target, 'manifest.json'), 'utf8')
  const file = path.join(root, 'fieldreel.db')
  const bytes = readFileSync(file)
  for (let page = 4; page < 40; page += 1) bytes.fill(page, page * 4096, page * 4096 + 2048)
  writeFileSync(file, bytes)
  await expect(backedUp(root, target)).rejects.toMatchObject({ code: 'library_damaged' })
  expect(readFileSync(path.join(target, 'manifest.json'), 'utf8')).toBe(manifest)
  await restored(target, again)
  expect(await damagesOf(again)).toEqual([])
})

it('refuses folders that hold something else, and the backup of another library', async () => {
  const { target } = await places()
  mkdirSync(target)
  writeFileSync(path.join(target, 'thesis.txt'), 'mine')
  await expect(backedUp(library, target)).rejects.toMatchObject({ code: 'conflict' })
  await expect(backedUp(library, library)).rejects.toMatchObject({ code: 'conflict' })
  await expect(backedUp(library, path.join(library, 'backup'))).rejects.toMatchObject({ code: 'conflict' })
  expect(existsSync(path.join(library, 'backup'))).toBe(false)

  const mine = (await places()).target
  await backedUp(library, mine)
  const other = await copyOf(library)
  withDatabase(other, (database) => {
    database.prepare('PRAGMA foreign_keys = OFF').run()
    database.prepare(`UPDATE users SET id = 'other' WHERE is_owner = 1`).run()
    for (const table of ['media', 'uploads']) database.prepare(`UPDATE ${table} SET owner_id = 'other'`).run()
    database.prepare(`UPDATE api_keys SET user_id = 'other'`).run()
  })
  await expect(backedUp(other, mine)).rejects.toThrow(/another library/)
})

it('goes on with a backup that was stopped, without reading again what is there', async () => {
  const { target, root: again } = await places()
  const whole = await bytesReadBy(library, (await places()).target)
  const stopping = new AbortController()
  const onProgress = ({ bytesDone }: { bytesDone: number }): void => {
    if (bytesDone > 0) stopping.abort()
  }
  const call = { signal: stopping.signal, onProgress, onFinding: () => undefined }
  // So slow that it says how far it is before it ends; films come first.
  const rates = { idle: 2 * PART_BYTES, busy: 2 * PART_BYTES }
  await expect(backUp({ root: library, target, rates }, call)).rejects.toMatchObject({ name: 'AbortError' })
  const there = objectsOf(target).map((file) => statSync(path.join(target, file)))
  expect(there.length).toBeGreaterThan(0)
  await expect(restored(target, again)).rejects.toMatchObject({ code: 'not_found' })
  const left = whole - there.reduce((sum, { size }) => sum + size, 0)
  expect(await bytesReadBy(library, target)).toBe(left)
  await restored(target, again)
  expect(contentsOf(again)).toEqual(contentsOf(library))
  expect(filesBelow(target, '.').filter((file) => file.startsWith('.making'))).toEqual([])
})

async function bytesReadBy(root: string, target: string): Promise<number> {
  let bytes = 0
  const onProgress = ({ bytesDone }: { bytesDone: number }): void => void (bytes = bytesDone)
  await backUp({ root, target, rates: UNLIMITED }, { ...quiet, onProgress, onFinding: () => undefined })
  return bytes
}

it('restores into an empty folder only, and says so', async () => {
  const { target, root } = await places()
  await backedUp(library, target)
  mkdirSync(root)
  writeFileSync(path.join(root, 'thesis.txt'), 'mine')
  await expect(restored(target, root)).rejects.toThrow(/not empty/)
  expect(filesBelow(root, '.')).toEqual(['thesis.txt'])
  rmSync(path.join(root, 'thesis.txt'))
  await restored(target, root)
  await expect(restored(target, root)).rejects.toThrow(/not empty/)
})

it('goes on with a restore that was stopped, and does not open as a library until it is whole', async () => {
  const { target, root } = await places()
  await backedUp(library, target)
  await stopRestore(target, root)
  const options = { workersFolder: path.resolve('out/main'), version: '0', logToStderr: false, env: process.env }
  await expect(compose({ data: root, ...options })).rejects.toMatchObject({ code: 'library_damaged' })
  await restored(target, root)
  expect(contentsOf(root)).toEqual(contentsOf(library))
})

it('starts over when the backup has changed since', async () => {
  const { target, root } = await places()
  const changed = await copyOf(library)
  await backedUp(changed, target)
  await stopRestore(target, root)
  withDatabase(changed, (database) => describeAs(database, { title: 'Another' }))
  const [picture = ''] = filesBelow(changed, 'derived').filter((file) => file.endsWith('poster.jpg'))
  withDatabase(changed, (database) => database.prepare(`DELETE FROM checksums WHERE name = 'poster.jpg'`).run())
  writeFileSync(path.join(changed, picture), Buffer.from(readFileSync(path.join(changed, picture))).reverse())
  await backedUp(changed, target)
  await restored(target, root)
  expect(contentsOf(root)).toEqual(contentsOf(changed))
  expect(rowsOf(root)).toEqual(rowsOf(changed))
})

async function stopRestore(source: string, root: string): Promise<void> {
  const stopping = new AbortController()
  const onProgress = ({ bytesDone }: { bytesDone: number }): void => {
    if (bytesDone > 0) stopping.abort()
  }
  const call = { signal: stopping.signal, onProgress, onFinding: () => undefined }
  await expect(restore({ source, root }, call)).rejects.toMatchObject({ name: 'AbortError' })
}

it('restores all else when the backup itself is damaged, and names what it lacks', async () => {
  const { target, root } = await places()
  await backedUp(library, target)
  const [object = '', other = ''] = filesBelow(target, 'objects')
  flipBit(path.join(target, object), randomFrom(3))
  rmSync(path.join(target, other))
  const findings = await restored(target, root)
  expect(findings.map((one) => one.path)).toEqual(expect.arrayContaining([object, other]))
  expect(findings).toHaveLength(2)
  expect(await damagesOf(root)).toEqual([object, other].toSorted())
})

it.each([
  ['a path out of the library', { path: '../../evil' }],
  ['an absolute path', { path: '/tmp/evil' }],
  ['a path with a dot folder', { path: 'objects/../../evil' }],
  ['a path with a backslash', { path: 'objects\\..\\evil' }],
  ['a file that no library has', { path: 'instance.lock' }],
  ['a hidden file', { path: 'derived/.again/evil' }],
  ['a path with a NUL', { path: 'objects/a\0b' }],
  ['an empty folder name', { path: 'objects//evil' }],
  ['a hash that is none', { sha256: '../../../../etc/passwd' }],
  ['a negative size', { sizeBytes: -1 }],
])('refuses a list with %s', async (_what, change) => {
  const { target, root } = await places()
  await backedUp(library, target)
  rewriteManifest(target, (body) => Object.assign(body.entries[0]!, change))
  await expect(restored(target, root)).rejects.toMatchObject({ code: 'library_damaged' })
  expect(existsSync(root)).toBe(false)
})

it('refuses a list whose text was changed, and one that names a file twice', async () => {
  const { target, root } = await places()
  await backedUp(library, target)
  const manifest = path.join(target, 'manifest.json')
  const text = readFileSync(manifest, 'utf8')
  writeFileSync(manifest, text.replace('"sizeBytes":1', '"sizeBytes":2'))
  await expect(restored(target, root)).rejects.toMatchObject({ code: 'library_damaged' })
  writeFileSync(manifest, text)
  rewriteManifest(target, (body) =>
    body.entries.push({ ...body.entries[0]!, path: body.entries[0]!.path.toUpperCase() }),
  )
  await expect(restored(target, root)).rejects.toMatchObject({ code: 'library_damaged' })
})

it('does not follow links out of the backup', async () => {
  const { target, root } = await places()
  await backedUp(library, target)
  const [object = ''] = filesBelow(target, 'objects')
  const outside = path.join(await temporaryFolder(), 'outside')
  renameSync(path.join(target, object), outside)
  symlinkSync(outside, path.join(target, object))
  expect((await restored(target, root)).map((one) => one.path)).toEqual([object])
})

interface Body {
  entries: { path: string; sizeBytes: number; sha256: string | null }[]
}

/** As somebody would who knows how it is written. */
function rewriteManifest(target: string, change: (body: Body) => void): void {
  const file = path.join(target, 'manifest.json')
  const { body } = JSON.parse(readFileSync(file, 'utf8')) as { body: Body }
  change(body)
  const sha256 = createHash('sha256').update(JSON.stringify(body)).digest('hex')
  writeFileSync(file, JSON.stringify({ sha256, body }))
}
