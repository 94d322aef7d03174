import { appendFile, copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../main/compose.ts'
import {
  addWatchedFolder,
  clearImports,
  deleteVideo,
  listImports,
  listVideos,
  listWatchedFolders,
  removeWatchedFolder,
} from '../../../main/contract/index.ts'
import { FRIDAY } from '../../fixtures/clips.ts'
import { ask, openEngine as open } from '../../support/engine.ts'
import { fastClock } from '../../support/fast-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'

/** Files settle for seconds: here they pass faster. */
const FACTOR = 5
const openEngine = (data: string) => open(data, process.env, fastClock(FACTOR))

const titles = async (engine: Engine) =>
  (await ask(engine, listVideos, { sort: 'title' })).videos.map(({ title }) => title)
const folders = async (engine: Engine) => (await ask(engine, listWatchedFolders, {})).folders
const comes = (engine: Engine, title: string) =>
  until(`${title} to come in`, async () => (await titles(engine)).includes(title), 30_000)

describe('a watched folder', () => {
  it(
    'brings what lies in it and what is put there later, each once, whatever becomes of it',
    { timeout: 60_000 },
    async () => {
      const folder = await temporaryFolder()
      const data = path.join(folder, 'data')
      const card = path.join(folder, 'card')
      await mkdir(path.join(card, 'DCIM'), { recursive: true })
      await copyFile(FRIDAY, path.join(card, 'DCIM', 'first.mp4'))
      await writeFile(path.join(card, 'notes.txt'), 'no film')
      const engine = await openEngine(data)
      const added = await ask(engine, addWatchedFolder, { path: card })
      expect(added).toMatchObject({ path: card, state: 'watching', imported: 0, errorMessage: null })
      expect(await ask(engine, addWatchedFolder, { path: card })).toMatchObject({ folderId: added.folderId })
      await comes(engine, 'first')
      expect(await folders(engine)).toMatchObject([{ imported: 1, settling: 0 }])

      // Deleted and cleared, it stays away, over a restart too: the folder brought it once.
      const { videos } = await ask(engine, listVideos, {})
      await ask(engine, deleteVideo, { videoId: videos[0]!.videoId })
      await ask(engine, clearImports, {})
      await engine.close()
      const again = await openEngine(data)
      await writeFile(path.join(card, 'second.mp4'), Buffer.concat([await readFile(FRIDAY), freeBox(1000)]))
      await comes(again, 'second')
      expect(await titles(again)).toEqual(['second'])
      expect(await folders(again)).toMatchObject([{ imported: 2 }])

      await ask(again, removeWatchedFolder, { folderId: added.folderId })
      expect(await folders(again)).toEqual([])
      expect(await titles(again)).toEqual(['second'])
      // Watched anew, as after an undo, it remembers what it brought.
      const { imports } = await ask(again, listImports, {})
      await ask(again, addWatchedFolder, { path: card })
      expect(await folders(again)).toMatchObject([{ imported: 2 }])
      await pause(8000 / FACTOR)
      expect((await ask(again, listImports, {})).imports).toHaveLength(imports.length)
    },
  )

  it('never brings a half-copied file, however long the copying pauses', { timeout: 60_000 }, async () => {
    const folder = await temporaryFolder()
    const card = path.join(folder, 'card')
    await mkdir(card)
    const engine = await openEngine(path.join(folder, 'data'))
    await ask(engine, addWatchedFolder, { path: card })
    const bytes = await readFile(FRIDAY)
    const slow = path.join(card, 'slow.mp4')
    await writeFile(slow, bytes.subarray(0, 100_000))
    for (let at = 100_000; at < 400_000; at += 100_000) {
      await pause(1500 / FACTOR)
      await appendFile(slow, bytes.subarray(at, at + 100_000))
    }
    // Longer than a whole file has to lie still.
    await pause(8000 / FACTOR)
    expect((await ask(engine, listImports, {})).imports).toEqual([])
    expect(await folders(engine)).toMatchObject([{ settling: 1, imported: 0 }])
    await appendFile(slow, bytes.subarray(400_000))
    await comes(engine, 'slow')
    const { videos } = await ask(engine, listVideos, {})
    expect(videos).toMatchObject([{ sizeBytes: bytes.length }])
    await until('its import to end', async () => {
      const [only, ...others] = (await ask(engine, listImports, {})).imports
      return others.length === 0 && only?.status === 'completed'
    })
  })

  it('is reported missing while it is away and scanned again when it is back', async () => {
    const folder = await temporaryFolder()
    const card = path.join(folder, 'card')
    await mkdir(card)
    const engine = await openEngine(path.join(folder, 'data'))
    await ask(engine, addWatchedFolder, { path: card })
    await rename(card, path.join(folder, 'pulled'))
    const state = (wanted: string) => until(wanted, async () => (await folders(engine))[0]?.state === wanted)
    await state('missing')
    expect((await folders(engine))[0]?.errorMessage).toBe('card is missing. It is checked again every few seconds.')
    await copyFile(FRIDAY, path.join(folder, 'pulled', 'there.mp4'))
    await rename(path.join(folder, 'pulled'), card)
    await state('watching')
    await comes(engine, 'there')
  })

  it('is not one that holds the library, nor a file, nor nothing', async () => {
    const folder = await temporaryFolder()
    const data = path.join(folder, 'data')
    const engine = await openEngine(data)
    for (const wrong of [folder, data, path.join(data, 'objects')]) {
      await expect(ask(engine, addWatchedFolder, { path: wrong })).rejects.toMatchObject({ code: 'invalid_input' })
    }
    await expect(ask(engine, addWatchedFolder, { path: FRIDAY })).rejects.toMatchObject({ code: 'invalid_input' })
    const gone = path.join(folder, 'gone')
    await expect(ask(engine, addWatchedFolder, { path: gone })).rejects.toMatchObject({ code: 'not_found' })
    expect(await folders(engine)).toEqual([])
  })
})

/** An MP4 box that players skip. */
function freeBox(size: number): Buffer {
  const box = Buffer.alloc(size)
  box.writeUInt32BE(size, 0)
  box.write('free', 4, 'latin1')
  return box
}
