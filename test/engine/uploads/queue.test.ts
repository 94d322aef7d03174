import { copyFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../../main/compose.ts'
import {
  addImports,
  cancelImport,
  clearImports,
  type Import,
  listImports,
  listVideos,
  moveImport,
  pauseImports,
  resumeImports,
} from '../../../main/contract/index.ts'
import { FRIDAY } from '../../fixtures/clips.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { padFilm } from '../../support/padded-film.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'

// Copying takes a while: there is time to do something in the middle of it.
vi.stubEnv('FIELDREEL_SLOW_PARTS', '100')

const MIB = 1024 * 1024

async function films(folder: string, count: number, mebibytes: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => path.join(folder, `${index}.mp4`))
  await Promise.all(names.map((name, index) => padFilm(name, mebibytes * MIB + index, index + 1)))
  return names
}

const list = async (engine: Engine): Promise<Import[]> => (await ask(engine, listImports, {})).imports
const names = async (engine: Engine) => (await list(engine)).map(({ filename }) => filename)
const allEnded = (engine: Engine) =>
  until('all imports to end', async () => (await list(engine)).every(({ finishedAt }) => finishedAt !== null), 60_000)

describe('the import queue', () => {
  it('holds everything when asked, over a restart too, and goes on where it was', async () => {
    const folder = await temporaryFolder()
    const data = path.join(folder, 'data')
    const first = await openEngine(data)
    await ask(first, addImports, { paths: await films(folder, 3, 120) })
    await until('the first part', async () => (await list(first)).some(({ partsStored }) => partsStored > 0))
    await ask(first, pauseImports, {})
    const held = await list(first)
    expect(new Set(held.map(({ status }) => status))).toEqual(new Set(['paused']))
    const kept = held.map(({ partsStored }) => partsStored)
    await first.close()

    const second = await openEngine(data)
    expect((await list(second)).map(({ status, partsStored }) => [status, partsStored])).toEqual(
      kept.map((partsStored) => ['paused', partsStored]),
    )
    await ask(second, resumeImports, {})
    await allEnded(second)
    expect((await list(second)).map(({ status }) => status)).toEqual(['completed', 'completed', 'completed'])
  })

  it('takes files in the order they are put into', async () => {
    const folder = await temporaryFolder()
    const engine = await openEngine(path.join(folder, 'data'))
    const paths = await films(folder, 8, 30)
    const { imports } = await ask(engine, addImports, { paths })
    await ask(engine, pauseImports, {})
    const [zero, one, two, three, four] = imports.map(({ importId }) => importId)
    await ask(engine, moveImport, { importId: four!, beforeId: zero! })
    await ask(engine, moveImport, { importId: one!, beforeId: null })
    await ask(engine, moveImport, { importId: two!, beforeId: three! })
    const behind = ['5.mp4', '6.mp4', '7.mp4', '1.mp4']
    expect(await names(engine)).toEqual(['4.mp4', '0.mp4', '2.mp4', '3.mp4', ...behind])
    // So often in the same gap that no number is left between two neighbours.
    for (let turn = 0; turn < 60; turn += 1) {
      const [moved, before] = turn % 2 === 0 ? [two, zero] : [three, two]
      await ask(engine, moveImport, { importId: moved!, beforeId: before! })
    }
    expect(await names(engine)).toEqual(['4.mp4', '3.mp4', '2.mp4', '0.mp4', ...behind])
    await ask(engine, resumeImports, {})
    await allEnded(engine)
    const ended = (await list(engine)).toSorted((a, b) => (a.finishedAt! < b.finishedAt! ? -1 : 1))
    // Four run at a time: which of them ends first, nobody knows. But the last begins when four of the eight have ended.
    expect(ended.findIndex(({ filename }) => filename === '1.mp4')).toBeGreaterThan(3)
  })

  it('cancels one in the middle without a trace', async () => {
    const folder = await temporaryFolder()
    const engine = await openEngine(path.join(folder, 'data'))
    const { imports } = await ask(engine, addImports, { paths: await films(folder, 1, 120) })
    const { importId } = imports[0]!
    await until('the first part', async () => (await list(engine)).some(({ partsStored }) => partsStored > 0))
    await ask(engine, cancelImport, { importId })
    expect(await list(engine)).toMatchObject([{ status: 'cancelled', bytesStored: 0, mediaId: null }])
    expect(await readdir(path.join(folder, 'data', 'uploads'))).toEqual([])
    await expect(ask(engine, cancelImport, { importId })).rejects.toMatchObject({ code: 'conflict' })
    await expect(ask(engine, pauseImports, { importId })).rejects.toMatchObject({ code: 'conflict' })
    await expect(ask(engine, resumeImports, { importId })).rejects.toMatchObject({ code: 'conflict' })
    expect((await ask(engine, listVideos, {})).total).toBe(0)
  })

  it('clears what is done and leaves what failed, if asked to', async () => {
    const folder = await temporaryFolder()
    const engine = await openEngine(path.join(folder, 'data'))
    await copyFile(FRIDAY, path.join(folder, 'good.mp4'))
    await writeFile(path.join(folder, 'bad.mp4'), 'no film at all')
    await ask(engine, addImports, { paths: [path.join(folder, 'good.mp4'), path.join(folder, 'bad.mp4')] })
    await allEnded(engine)
    await ask(engine, clearImports, { keepFailed: true })
    expect(await names(engine)).toEqual(['bad.mp4'])
    await ask(engine, clearImports, {})
    expect(await names(engine)).toEqual([])
  })

  it('a paused file that is added again goes on', async () => {
    const folder = await temporaryFolder()
    const engine = await openEngine(path.join(folder, 'data'))
    const paths = await films(folder, 1, 60)
    const { imports } = await ask(engine, addImports, { paths })
    await ask(engine, pauseImports, { importId: imports[0]!.importId })
    const again = await ask(engine, addImports, { paths })
    expect(again.imports[0]!.importId).toBe(imports[0]!.importId)
    await allEnded(engine)
    expect(await list(engine)).toMatchObject([{ status: 'completed' }])
  })
})
