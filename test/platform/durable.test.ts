import fs from 'node:fs/promises'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { makeFolderDurably, moveDurably, replaceDurably, writeFileDurably } from '../../main/platform/files/index.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** The folders whose names are synced while `work` runs, below `root`. */
async function syncedBy(root: string, work: () => Promise<void>): Promise<string[]> {
  const opened = vi.spyOn(fs, 'open')
  try {
    await work()
    return opened.mock.calls.filter(([, flags]) => flags === 'r').map(([file]) => path.relative(root, String(file)))
  } finally {
    opened.mockRestore()
  }
}

const onPosix = it.skipIf(process.platform === 'win32')

onPosix('makes each folder on the way, and syncs the one above it', async () => {
  const root = await temporaryFolder()
  const synced = await syncedBy(root, () => makeFolderDurably(path.join(root, 'a/b/c')))
  expect(new Set(synced)).toEqual(new Set(['', 'a', 'a/b']))
  expect((await fs.stat(path.join(root, 'a/b/c'))).mode & 0o777).toBe(0o700)
})

onPosix('syncs the folder above one that is there already: who made it may have ended before it was', async () => {
  const root = await temporaryFolder()
  await fs.mkdir(path.join(root, 'there'))
  expect(await syncedBy(root, () => makeFolderDurably(path.join(root, 'there')))).toEqual([''])
})

onPosix('moves a file and syncs both folders', async () => {
  const root = await temporaryFolder()
  await fs.mkdir(path.join(root, 'from'))
  await fs.writeFile(path.join(root, 'from/film'), 'bytes')
  const synced = await syncedBy(root, () => moveDurably(path.join(root, 'from/film'), path.join(root, 'to/film')))
  expect(synced).toEqual(expect.arrayContaining(['', 'to', 'from']))
  expect(await fs.readFile(path.join(root, 'to/film'), 'utf8')).toBe('bytes')
})

onPosix('writes through no link', async () => {
  const root = await temporaryFolder()
  await fs.writeFile(path.join(root, 'other'), 'of somebody else')
  await fs.symlink('other', path.join(root, 'data'))
  const cut = writeFileDurably(path.join(root, 'data'), (handle) => handle.truncate(0))
  await expect(cut).rejects.toMatchObject({ code: 'ELOOP' })
  expect(await fs.readFile(path.join(root, 'other'), 'utf8')).toBe('of somebody else')
})

onPosix('replaces a small file only once the new bytes are on the disk', async () => {
  const root = await temporaryFolder()
  await fs.writeFile(path.join(root, 'note'), 'old')
  const steps: string[] = []
  const [open, rename] = [fs.open.bind(fs), fs.rename.bind(fs)]
  const opened = vi.spyOn(fs, 'open').mockImplementation(async (file, ...how) => {
    const handle = await open(file, ...how)
    const sync = handle.sync.bind(handle)
    handle.sync = async () => {
      await sync()
      steps.push(`sync ${path.relative(root, String(file))}`)
    }
    return handle
  })
  const renamed = vi.spyOn(fs, 'rename').mockImplementation(async (from, to) => {
    steps.push('rename')
    await rename(from, to)
  })
  try {
    await replaceDurably(path.join(root, 'note'), 'new')
  } finally {
    opened.mockRestore()
    renamed.mockRestore()
  }
  expect(steps).toEqual(['sync note.new', 'rename', 'sync '])
  expect(await fs.readFile(path.join(root, 'note'), 'utf8')).toBe('new')
})
