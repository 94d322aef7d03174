import { execFile } from 'node:child_process'
import type { Stats } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeToOthers, DataFolder, repairModes } from '../../main/platform/files/index.ts'
import { openEngine } from '../support/engine.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'

const run = promisify(execFile)
const never = new AbortController().signal
const OTHERS = 0o077

// What most systems set: a program that takes no care makes files that all can read.
let before = 0
beforeEach(() => (before = process.umask(0o022)))
afterEach(() => process.umask(before))

/** Every file and folder with its mode; links are not followed. */
async function modes(root: string): Promise<Map<string, Stats>> {
  const names = await fs.readdir(root, { recursive: true })
  const all = await Promise.all(
    ['', ...names].map(async (name) => [name, await fs.lstat(path.join(root, name))] as const),
  )
  return new Map(all)
}

async function openToOthers(root: string): Promise<string[]> {
  return [...(await modes(root))].flatMap(([name, state]) =>
    !state.isSymbolicLink() && (state.mode & OTHERS) !== 0 ? [name] : [],
  )
}

describe.skipIf(process.platform === 'win32')('a library', () => {
  it('is closed to others from its first file on', async () => {
    const data = path.join(await temporaryFolder(), 'new', 'library')
    await openEngine(data)
    expect((await modes(data)).size).toBeGreaterThan(8)
    expect(await openToOthers(data)).toEqual([])
  })

  it('that others could read is closed at the next start: its folder at once, the rest in the background', async () => {
    const data = path.join(await temporaryFolder(), 'library')
    await fs.mkdir(path.join(data, 'objects', 'ab'), { recursive: true })
    await fs.mkdir(path.join(data, 'derived', 'x', 'scenes'), { recursive: true })
    await fs.writeFile(path.join(data, 'objects', 'ab', 'ab'.repeat(32)), 'footage')
    await fs.writeFile(path.join(data, 'derived', 'x', 'scenes', '1.jpg'), 'picture')
    await fs.writeFile(path.join(data, 'program'), '', { mode: 0o755 })
    await fs.chmod(data, 0o777)
    expect((await openToOthers(data)).length).toBeGreaterThan(6)
    DataFolder.open(data)
    expect((await fs.stat(data)).mode & 0o777).toBe(0o700)
    process.umask(0o022)
    const repaired = await repairModes(data, never)
    expect(repaired).toMatchObject({ closed: 8, refused: 0, links: [] })
    expect(await openToOthers(data)).toEqual([])
    expect((await fs.stat(path.join(data, 'program'))).mode & 0o777).toBe(0o700)
    expect(await repairModes(data, never)).toEqual({ closed: 0, refused: 0, links: [] })
  })

  it('that is open already repairs itself', async () => {
    const data = path.join(await temporaryFolder(), 'library')
    await fs.mkdir(path.join(data, 'derived', 'x'), { recursive: true })
    await fs.writeFile(path.join(data, 'derived', 'x', 'poster.jpg'), 'picture')
    await openEngine(data)
    await until('the library to be closed', async () => (await openToOthers(data)).length === 0)
  })

  it('has no link in it followed', async () => {
    const folder = await temporaryFolder()
    const data = path.join(folder, 'library')
    const outside = path.join(folder, 'outside')
    await fs.mkdir(path.join(outside, 'deep'), { recursive: true })
    await fs.writeFile(path.join(outside, 'deep', 'file'), '')
    await fs.mkdir(path.join(data, 'objects'), { recursive: true })
    await fs.symlink(outside, path.join(data, 'streams'))
    await fs.symlink(path.join(outside, 'deep', 'file'), path.join(data, 'objects', 'link'))
    expect(await repairModes(data, never)).toMatchObject({ links: [path.join(data, 'streams')] })
    for (const name of ['', 'deep', 'deep/file']) {
      expect((await fs.stat(path.join(outside, name))).mode & OTHERS).not.toBe(0)
    }
  })

  it('has only its files and folders touched: a pipe in it stops nothing', async () => {
    const data = await temporaryFolder()
    await run('mkfifo', ['-m', '0644', path.join(data, 'pipe')])
    await fs.writeFile(path.join(data, 'file'), '')
    expect(await repairModes(data, never)).toMatchObject({ closed: 1, refused: 0 })
  })

  it('is left alone once it closes', async () => {
    const data = await temporaryFolder()
    await fs.writeFile(path.join(data, 'file'), '')
    expect(await repairModes(data, AbortSignal.abort())).toMatchObject({ closed: 0 })
  })
})

describe.skipIf(process.platform === 'win32')('closing a folder', () => {
  it('leaves the folder that all users share as it is', async () => {
    const shared = await temporaryFolder()
    await fs.chmod(shared, 0o1777)
    expect(closeToOthers(shared)).toBe('belongs-to-everybody')
    expect((await fs.stat(shared)).mode & 0o7777).toBe(0o1777)
    expect(closeToOthers('/')).toBe('belongs-to-everybody')
  })

  it.skipIf(process.getuid?.() !== 0)('says that it belongs to another user', async () => {
    const theirs = await temporaryFolder()
    await fs.chown(theirs, 65_534, 65_534)
    expect(closeToOthers(theirs)).toBe('belongs-to-another-user')
  })

  it.skipIf(process.getuid?.() !== 0)('shuts out another user of the machine, who could read it before', async () => {
    const data = path.join(await temporaryFolder(), 'library')
    await fs.chmod(path.dirname(data), 0o755)
    await fs.mkdir(path.join(data, 'objects'), { recursive: true })
    const file = path.join(data, 'objects', 'film')
    await fs.writeFile(file, 'footage')
    const asNobody = () =>
      run(process.execPath, ['-e', `process.stdout.write(require('node:fs').readFileSync(${JSON.stringify(file)}))`], {
        ...{ uid: 65_534, gid: 65_534, cwd: '/' },
      })
    expect((await asNobody()).stdout).toBe('footage')
    expect(closeToOthers(data)).toBeNull()
    await expect(asNobody()).rejects.toThrow('EACCES')
  })
})
