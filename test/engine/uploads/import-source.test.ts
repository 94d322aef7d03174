import { copyFile, mkdir, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { MAX_UPLOAD_BYTES } from '../../../main/contract/index.ts'
import { findSources, inspectAgain } from '../../../main/engine/uploads/import-source.ts'
import { describeLeftOut } from '../../../main/engine/uploads/left-out.ts'
import { FRIDAY } from '../../fixtures/clips.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

async function sparse(file: string, size: number): Promise<string> {
  await writeFile(file, '')
  await truncate(file, size)
  return file
}

const named = async (given: string) => {
  const { sources, refused } = await findSources(given)
  return {
    sources: sources.map((source) => path.relative(given, source.path)),
    refused: refused.map((refusal) => [path.relative(given, refusal.path), refusal.reason]),
  }
}

describe('a file to import', () => {
  it.each([
    ['a.mp4', 'video/mp4'],
    ['a.MOV', 'video/quicktime'],
    ['a.qt', 'video/quicktime'],
    ['a.m4v', 'video/x-m4v'],
    ['a.WebM', 'video/webm'],
    ['a.b.avi', 'video/x-msvideo'],
  ])('%s is %s by its name', async (name, contentType) => {
    const file = path.join(await temporaryFolder(), name)
    await copyFile(FRIDAY, file)
    await utimes(file, 1000, 1234.5678)
    const { sources } = await findSources(file)
    expect(sources).toMatchObject([{ path: file, contentType, modifiedAt: 1_234_567 }])
    expect(await inspectAgain(file)).toEqual({ sizeBytes: sources[0]?.sizeBytes, modifiedAt: 1_234_567 })
  })

  it('has between one byte and ten gigabytes', async () => {
    const folder = await temporaryFolder()
    const sizes = [0, 1, MAX_UPLOAD_BYTES, MAX_UPLOAD_BYTES + 1]
    const found = await Promise.all(
      sizes.map(async (size) => await findSources(await sparse(path.join(folder, `${size}.mp4`), size))),
    )
    expect(found.map(({ sources }) => sources.length)).toEqual([0, 1, 1, 0])
    expect(found[0]?.refused[0]?.reason).toMatch(/is empty/)
    expect(found[3]?.refused[0]?.reason).toMatch(/larger than 10 GB/)
  })

  it('is refused by its kind, or because it is not there', async () => {
    const folder = await temporaryFolder()
    const text = path.join(folder, 'notes.txt')
    await writeFile(text, 'x')
    expect((await findSources(text)).refused[0]?.reason).toMatch(/^Not a video: notes\.txt/)
    expect((await findSources(path.join(folder, 'gone.mp4'))).refused[0]?.reason).toMatch(/no longer exists/)
    expect(await inspectAgain(path.join(folder, 'gone.mp4'))).toBeNull()
  })
})

describe('a folder to import', () => {
  it('is read in order, without hidden files and links', async () => {
    const folder = await temporaryFolder()
    await mkdir(path.join(folder, 'b', 'c'), { recursive: true })
    for (const name of ['z.mp4', 'a.mp4', 'b/m.mov', 'b/c/x.webm', '._a.mp4', '.hidden.mp4', 'b/notes.txt']) {
      await copyFile(FRIDAY, path.join(folder, name))
    }
    await symlink(FRIDAY, path.join(folder, 'link.mp4'))
    await symlink(path.join(folder, 'b'), path.join(folder, 'loop'))
    expect(await named(folder)).toEqual({ sources: ['a.mp4', 'b/c/x.webm', 'b/m.mov', 'z.mp4'], refused: [] })
  })

  it('is read without trash, folders of the system, thumbnails and proxies, and says how many', async () => {
    const card = await temporaryFolder()
    const films = ['DCIM/100GOPRO/GX010001.MP4', 'M4ROOT/CLIP/C0001.MP4', 'A001_0001.mov', 'VID_1.mp4', 'SUB/Deck.mp4']
    const others = [
      ...['$RECYCLE.BIN/$R1.mp4', '.Trashes/501/a.mp4', '.Trash-1000/files/a.mp4', 'System Volume Information/a.mp4'],
      ...['lost+found/a.mp4', '.Spotlight-V100/a.mp4', '.fseventsd/a.mp4', '.TemporaryItems/a.mp4', '._VID_1.mp4'],
      ...['DCIM/100GOPRO/GL010001.LRV', 'DCIM/100GOPRO/GX010001.THM', 'DCIM/DJI_0001.LRF', 'LRV_1.mp4'],
      ...['M4ROOT/SUB/C0001S03.MP4', 'Proxy/A001_0001_Proxy.mov'],
    ]
    for (const name of [...films, ...others, 'MISC/notes.txt']) {
      await mkdir(path.dirname(path.join(card, name)), { recursive: true })
      await copyFile(FRIDAY, path.join(card, name))
    }
    const { sources, refused, leftOut } = await findSources(card)
    expect(sources.map((source) => path.relative(card, source.path)).toSorted()).toEqual(films.toSorted())
    expect(refused).toEqual([])
    expect(new Map(leftOut)).toEqual(
      new Map([
        ['system', 9],
        ['camera', 6],
      ]),
    )
    expect(describeLeftOut(leftOut)).toBe(
      '15 files left out: thumbnails and proxies of the camera; trash, hidden files and folders of the system.',
    )
    expect(describeLeftOut(new Map([['camera', 1]]))).toBe('1 file left out: thumbnails and proxies of the camera.')
    expect(describeLeftOut(new Map())).toBeNull()
  })

  it('is read when somebody chooses it, though its name begins with a dot', async () => {
    const hidden = path.join(await temporaryFolder(), '.footage')
    await mkdir(hidden)
    await copyFile(FRIDAY, path.join(hidden, 'a.mp4'))
    expect(await named(hidden)).toEqual({ sources: ['a.mp4'], refused: [] })
  })

  it('says so when there is no video in it', async () => {
    const folder = await temporaryFolder()
    await writeFile(path.join(folder, 'notes.txt'), 'x')
    const { sources, refused } = await named(folder)
    expect([sources, refused]).toEqual([[], [['', `No videos in ${path.basename(folder)}.`]]])
  })
})
