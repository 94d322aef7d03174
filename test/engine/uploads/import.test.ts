import { createHash } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../main/compose.ts'
import {
  addImports,
  clearImports,
  deleteVideo,
  FrameIndex,
  getFrames,
  getVideo,
  type Import,
  latestAnalysisJob,
  listImports,
  listScenes,
  listVideos,
  openDerived,
  openSceneThumbnail,
  openVideo,
  restoreVideo,
  retryImport,
} from '../../../main/contract/index.ts'
import { ffmpeg, FLOWER, FRIDAY, source } from '../../fixtures/clips.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { cutFilm, FILM_CUTS } from '../../support/film.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'

async function add(engine: Engine, ...paths: string[]): Promise<Import[]> {
  const { imports } = await ask(engine, addImports, { paths })
  return imports
}

/** The import once it has ended. */
const ended = (engine: Engine, { importId }: Import) =>
  until('the import to end', async () => {
    const { imports } = await ask(engine, listImports, {})
    return imports.find((one) => one.importId === importId && one.finishedAt !== null)
  })

const analysed = (engine: Engine, mediaId: string) =>
  until('the analysis to end', async () => {
    const job = await ask(engine, latestAnalysisJob, { mediaId })
    return job.completedAt !== null && job
  })

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
}

describe('importing a file', () => {
  it('makes it a video with exact scenes, a picture for each, and the very same bytes', async () => {
    const folder = await temporaryFolder()
    const film = await cutFilm(path.join(folder, 'Site walk.mp4'))
    const engine = await openEngine(path.join(folder, 'data'))
    const [started] = await add(engine, film)
    const done = await ended(engine, started!)
    expect(done).toMatchObject({ status: 'completed', errorCode: null, duplicateOf: null })
    const videoId = done.mediaId!
    expect(await analysed(engine, videoId)).toMatchObject({ status: 'completed', progressPercent: 100 })

    const video = await ask(engine, getVideo, { videoId })
    expect(video).toMatchObject({
      title: 'Site walk',
      filename: 'Site walk.mp4',
      sceneCount: 4,
      playableUrl: `/api/v2/videos/${videoId}/file`,
      metadata: { width: 640, height: 360, frameRate: 25, videoCodec: 'h264', audioCodec: null, durationSeconds: 8 },
    })
    expect(video.sha256).toBe(
      createHash('sha256')
        .update(await readFile(film))
        .digest('hex'),
    )
    expect(await readFile((await ask(engine, openVideo, { videoId })).path)).toEqual(await readFile(film))

    const { scenes } = await ask(engine, listScenes, { videoId })
    expect(scenes.map(({ startTime }) => startTime)).toEqual([0, ...FILM_CUTS])
    expect(scenes.map(({ endTime }) => endTime)).toEqual([...FILM_CUTS, 8])
    for (const { sceneId } of scenes) {
      const picture = await ask(engine, openSceneThumbnail, { sceneId })
      expect((await readFile(picture.path)).subarray(0, 2).toString('hex')).toBe('ffd8')
    }
    expect((await ask(engine, openDerived, { videoId, which: 'poster' })).sizeBytes).toBeGreaterThan(1000)
    expect(video.sprite).not.toBeNull()
  })

  it('finds everything again after a restart, and makes pictures again whose folder was deleted', async () => {
    const folder = await temporaryFolder()
    const data = path.join(folder, 'data')
    const first = await openEngine(data)
    const [started] = await add(first, FRIDAY)
    const videoId = (await ended(first, started!)).mediaId!
    await analysed(first, videoId)
    const before = await ask(first, getVideo, { videoId })
    await first.close()

    const second = await openEngine(data)
    expect(await ask(second, getVideo, { videoId })).toEqual(before)
    await rm(path.join(data, 'derived'), { recursive: true })
    await mkdir(path.join(data, 'derived'))
    await expect(ask(second, openDerived, { videoId, which: 'poster' })).rejects.toMatchObject({ code: 'not_found' })
    await until('the poster to come back', () =>
      ask(second, openDerived, { videoId, which: 'poster' }).catch(() => null),
    )
  })

  it('takes a whole folder, and leaves out what is no video', async () => {
    const folder = await temporaryFolder()
    const card = path.join(folder, 'card', 'DCIM', '100GOPRO')
    await mkdir(card, { recursive: true })
    await copyFile(FRIDAY, path.join(card, 'GX010001.MP4'))
    await writeFile(path.join(card, 'GX010001.THM'), 'a preview picture')
    await writeFile(path.join(card, '._GX010001.MP4'), 'a resource fork')
    const engine = await openEngine(path.join(folder, 'data'))
    const imports = await add(engine, path.join(folder, 'card'))
    expect(imports.map(({ filename }) => filename)).toEqual(['GX010001.MP4'])
    expect(await ended(engine, imports[0]!)).toMatchObject({ status: 'completed' })
  })

  it.skipIf(process.platform !== 'linux')(
    'takes names that are no text, in folders that are none, and knows them again',
    async () => {
      const folder = await temporaryFolder()
      // "été" and "vidéo" as an old camera writes them, in Latin-1.
      const inside = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from('card/\xe9t\xe9', 'latin1')])
      await mkdir(inside, { recursive: true })
      await writeFile(Buffer.concat([inside, Buffer.from('/vid\xe9o%41 1.mp4', 'latin1')]), await readFile(FRIDAY))
      const engine = await openEngine(path.join(folder, 'data'))
      const [started] = await add(engine, path.join(folder, 'card'))
      expect(started).toMatchObject({
        filename: 'vid\ufffdo%41 1.mp4',
        folder: path.join(folder, 'card', '\ufffdt\ufffd'),
      })
      const done = await ended(engine, started!)
      expect(done).toMatchObject({ status: 'completed', errorCode: null, duplicateOf: null })
      const video = await ask(engine, getVideo, { videoId: done.mediaId! })
      expect(video).toMatchObject({ title: 'vid\ufffdo%41 1', filename: 'vid\ufffdo%41 1.mp4' })
      expect(await readFile((await ask(engine, openVideo, { videoId: video.videoId })).path)).toEqual(
        await readFile(FRIDAY),
      )
      const [again] = await add(engine, path.join(folder, 'card'))
      expect(await ended(engine, again!)).toMatchObject({
        status: 'completed',
        duplicateOf: { videoId: video.videoId },
      })
    },
  )

  it('keeps the same bytes once and says where they are', async () => {
    const folder = await temporaryFolder()
    const copy = path.join(folder, 'copy.mp4')
    await copyFile(FRIDAY, copy)
    const engine = await openEngine(path.join(folder, 'data'))
    const first = await ended(engine, (await add(engine, FRIDAY))[0]!)
    const again = await ended(engine, (await add(engine, copy))[0]!)
    expect(again).toMatchObject({
      status: 'completed',
      mediaId: first.mediaId,
      duplicateOf: { videoId: first.mediaId, title: 'friday' },
    })
    expect((await ask(engine, listVideos, {})).total).toBe(1)
  })

  it('makes a copy that plays where Chromium cannot play the original', async () => {
    const folder = await temporaryFolder()
    const film = path.join(folder, 'camera.avi')
    await ffmpeg(...source('testsrc2=size=320x180:rate=25', 2), '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', film)
    const engine = await openEngine(path.join(folder, 'data'))
    const { mediaId } = await ended(engine, (await add(engine, film))[0]!)
    const videoId = mediaId!
    expect((await ask(engine, getVideo, { videoId })).playableUrl).toBeNull()
    const video = await until('the preview', async () => {
      const now = await ask(engine, getVideo, { videoId })
      return now.playableUrl !== null && now
    })
    expect(video.playableUrl).toBe(`/api/v2/videos/${videoId}/preview`)
    expect(await ask(engine, openDerived, { videoId, which: 'preview' })).toMatchObject({ contentType: 'video/mp4' })
  })
})

describe('what is no video', () => {
  async function refuse(name: string, make: (file: string) => Promise<unknown>) {
    const folder = await temporaryFolder()
    const file = path.join(folder, name)
    await make(file)
    const data = path.join(folder, 'data')
    const engine = await openEngine(data)
    const { imports, refused } = await ask(engine, addImports, { paths: [file] })
    const failed = imports[0] && (await ended(engine, imports[0]))
    await ask(engine, clearImports, {})
    expect((await ask(engine, listVideos, {})).total).toBe(0)
    expect(await filesBelow(path.join(data, 'uploads'))).toEqual([])
    expect(await readdir(path.join(data, 'uploads'))).toEqual([])
    expect(await filesBelow(path.join(data, 'objects'))).toEqual([])
    expect(await filesBelow(path.join(data, 'derived'))).toEqual([])
    return { code: failed?.errorCode, message: failed?.errorMessage ?? refused[0]?.reason }
  }

  const cutShort = (original: string) => async (file: string) => {
    await copyFile(original, file)
    await truncate(file, 300_000)
  }

  it('an empty file', async () => {
    expect(await refuse('empty.mp4', (file) => writeFile(file, ''))).toEqual({
      code: undefined,
      message: 'empty.mp4 is empty. Copy it from the camera again.',
    })
  })

  it('a text that calls itself a film', async () => {
    const { code, message } = await refuse('notes.mp4', (file) => writeFile(file, 'Gate 3: hinge loose.\n'.repeat(99)))
    expect(code).toBe('invalid_video')
    expect(message).toMatch(/not a video/)
  })

  it('a file of another kind', async () => {
    const { message } = await refuse('report.pdf', (file) => writeFile(file, '%PDF-1.4'))
    expect(message).toMatch(/^Not a video: report\.pdf\. Supported are MP4/)
  })

  it('sound only', async () => {
    const tone = (file: string) => ffmpeg(...source('sine=frequency=330', 2), file)
    expect(await refuse('tone.mp4', tone)).toEqual({ code: 'invalid_video', message: 'This file holds sound only.' })
  })

  it('a film whose index was cut off', async () => {
    const { code, message } = await refuse('cut.mp4', cutShort(FRIDAY))
    expect([code, message]).toEqual([
      expect.stringMatching(/^(invalid|truncated)_video$/),
      expect.stringMatching(/cut short|ends early/),
    ])
  })

  it('a film whose last part is missing', async () => {
    const { code, message } = await refuse('cut.webm', cutShort(FLOWER))
    expect(code).toBe('truncated_video')
    expect(message).toMatch(/ends early/)
  })
})

describe('a film whose last part is missing', () => {
  it('is taken when somebody wants what is there', async () => {
    const folder = await temporaryFolder()
    const file = path.join(folder, 'cut.webm')
    await copyFile(FLOWER, file)
    await truncate(file, 300_000)
    const engine = await openEngine(path.join(folder, 'data'))
    const failed = await ended(engine, (await add(engine, file))[0]!)
    expect(failed).toMatchObject({ status: 'failed', errorCode: 'truncated_video' })
    await ask(engine, retryImport, { importId: failed.importId, keepTruncated: true })
    const kept = await ended(engine, failed)
    expect(kept).toMatchObject({ status: 'completed' })
    expect(await analysed(engine, kept.mediaId!)).toMatchObject({ status: 'completed' })
    const { metadata } = await ask(engine, getVideo, { videoId: kept.mediaId! })
    const { scenes } = await ask(engine, listScenes, { videoId: kept.mediaId! })
    const { packed } = await ask(engine, getFrames, { videoId: kept.mediaId! })
    // It says 5 s.
    expect(metadata.durationSeconds).toBeLessThan(4)
    expect(metadata.durationSeconds).toBeCloseTo(FrameIndex.unpack(Buffer.from(packed, 'base64')).end, 5)
    expect(scenes.at(-1)?.endTime).toBe(metadata.durationSeconds)
  })
})

describe('deleting a video', () => {
  it('hides it at once, and can be undone', async () => {
    const engine = await openEngine(path.join(await temporaryFolder(), 'data'))
    const videoId = (await ended(engine, (await add(engine, FRIDAY))[0]!)).mediaId!
    await ask(engine, deleteVideo, { videoId })
    await expect(ask(engine, getVideo, { videoId })).rejects.toMatchObject({ code: 'not_found' })
    await expect(ask(engine, listScenes, { videoId })).rejects.toMatchObject({ code: 'not_found' })
    expect((await ask(engine, listVideos, {})).total).toBe(0)
    await ask(engine, restoreVideo, { videoId })
    expect(await analysed(engine, videoId)).toMatchObject({ status: 'completed' })
    expect((await ask(engine, listScenes, { videoId })).scenes).toHaveLength(1)
  })
})

describe('a library', () => {
  it('is open in one process only, and says so', async () => {
    const data = path.join(await temporaryFolder(), 'data')
    await openEngine(data)
    await expect(openEngine(data)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^Another Fieldreel .* has this library open/),
    })
  })
})
