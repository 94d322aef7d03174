import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { LibraryIdentity } from '../../main/platform/files/index.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

async function known(): Promise<{ root: string; file: string; away: string; identity: LibraryIdentity }> {
  const folder = await temporaryFolder()
  const root = path.join(folder, 'library')
  await mkdir(root)
  const file = path.join(root, 'fieldreel.db')
  await writeFile(file, 'rows')
  const identity = new LibraryIdentity(root, [file])
  onTestFinished(() => identity.close())
  return { root, file, away: path.join(folder, 'away'), identity }
}

describe.skipIf(process.platform === 'win32')('the identity of a library', () => {
  it('is lost while its folder is renamed, and found again by itself', async () => {
    const { root, away, identity } = await known()
    expect(identity.look()).toBe('ok')
    await rename(root, away)
    expect(identity.look()).toBe('missing')
    expect(() => identity.assertThere()).toThrow(/The library folder is not there any more/)
    await rename(away, root)
    expect(identity.look()).toBe('ok')
  })

  it.each([
    ['an empty folder', (root: string) => mkdir(root)],
    [
      'another library',
      async (root: string) => {
        await mkdir(root)
        await writeFile(path.join(root, 'fieldreel.db'), 'others')
      },
    ],
    ['a file', (root: string) => writeFile(root, 'a file')],
  ])('is lost to %s in its place', async (_what, place) => {
    const { root, away, identity } = await known()
    await rename(root, away)
    await place(root)
    expect(identity.look()).toBe('replaced')
    await rm(root, { recursive: true })
    await rename(away, root)
    expect(identity.look()).toBe('ok')
  })

  it('is not given to a new folder, however often one is made where it was', async () => {
    const { root, identity } = await known()
    await rm(root, { recursive: true })
    for (let time = 0; time < 20; time += 1) {
      await mkdir(root)
      expect(identity.look()).toBe('replaced')
      await rm(root, { recursive: true })
      expect(identity.look()).toBe('missing')
    }
  })

  it('is lost with one of its files, deleted or replaced', async () => {
    const { file, identity } = await known()
    await rename(file, `${file}.away`)
    expect(identity.look()).toBe('missing')
    await writeFile(file, 'rows')
    expect(identity.look()).toBe('replaced')
  })

  it('is kept by a link that leads to it', async () => {
    const { root, away, identity } = await known()
    await rename(root, away)
    await symlink(away, root)
    expect(identity.look()).toBe('ok')
  })

  it('explains every failure while it is lost, except that somebody stopped it', async () => {
    const { root, away, identity } = await known()
    const failure = new Error('ENOENT')
    expect(identity.explain(failure)).toBe(failure)
    await rename(root, away)
    expect(identity.explain(failure)).toMatchObject({ code: 'storage_refused', details: { storage: 'missing' } })
  })
})
