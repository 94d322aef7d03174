import { appendFile, copyFile, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../../main/compose.ts'
import {
  addImports,
  getVideo,
  type Import,
  listImports,
  listVideos,
  openVideo,
  pauseImports,
  resumeImports,
  retryImport,
} from '../../../main/contract/index.ts'
import { FRIDAY } from '../../fixtures/clips.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { padFilm } from '../../support/padded-film.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'

// Copying takes a while: there is time to do something in the middle of it.
vi.stubEnv('FIELDREEL_SLOW_PARTS', '100')

const MIB = 1024 * 1024

const only = async (engine: Engine): Promise<Import> => (await ask(engine, listImports, {})).imports[0]!
const ended = (engine: Engine) =>
  until('its end', async () => {
    const one = await only(engine)
    return one.finishedAt !== null && one
  })

/** Begins to import a file and holds it at once; then something is done to the file, and it goes on. */
async function changedMeanwhile(file: string, change: () => Promise<void>): Promise<Engine> {
  const engine = await openEngine(path.join(path.dirname(file), 'data'))
  const { imports } = await ask(engine, addImports, { paths: [file] })
  const { importId } = imports[0]!
  await ask(engine, pauseImports, { importId })
  expect((await only(engine)).status).toBe('paused')
  await change()
  await ask(engine, resumeImports, { importId })
  return engine
}

describe('a file that changed since its import began', () => {
  it('is not taken, though it is as long as it was', async () => {
    const file = path.join(await temporaryFolder(), 'film.mp4')
    await padFilm(file, 60 * MIB)
    const before = await stat(file)
    const engine = await changedMeanwhile(file, async () => {
      await padFilm(file, 60 * MIB, 7)
      await utimes(file, before.atimeMs / 1000, before.mtimeMs / 1000 + 10)
    })
    expect(await ended(engine)).toMatchObject({ status: 'failed', errorCode: 'source_changed' })
    expect((await ask(engine, listVideos, {})).total).toBe(0)
  })

  it('is taken as it is now when somebody tries again', async () => {
    const file = path.join(await temporaryFolder(), 'film.mp4')
    await padFilm(file, 60 * MIB)
    const engine = await changedMeanwhile(file, () => copyFile(FRIDAY, file))
    const failed = await ended(engine)
    expect(failed).toMatchObject({ status: 'failed', errorCode: 'source_changed' })
    await ask(engine, retryImport, { importId: failed.importId })
    const done = await ended(engine)
    expect(done).toMatchObject({ status: 'completed', errorCode: null })
    const videoId = done.mediaId!
    expect(await readFile((await ask(engine, openVideo, { videoId })).path)).toEqual(await readFile(FRIDAY))
    expect((await ask(engine, getVideo, { videoId })).sizeBytes).toBe((await stat(FRIDAY)).size)
  })

  it('while it is read is not taken', async () => {
    const file = path.join(await temporaryFolder(), 'film.mp4')
    await padFilm(file, 200 * MIB)
    const engine = await openEngine(path.join(path.dirname(file), 'data'))
    await ask(engine, addImports, { paths: [file] })
    await until('the first part', async () => (await only(engine)).partsStored > 0)
    // Behind everything: no part of it is any other.
    await appendFile(file, 'more')
    expect(await ended(engine)).toMatchObject({ status: 'failed', errorCode: 'source_changed' })
    await writeFile(file, '')
  })
})
