import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { addImports, FrameIndex, getFrames, listScenes, listVideos } from '../../../main/contract/index.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { cutFilm } from '../../support/film.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'

it('numbers the frames of a video and of its scenes, and makes the index again when it went missing or is damaged', async () => {
  const folder = await temporaryFolder()
  const data = path.join(folder, 'data')
  const engine = await openEngine(data)
  await ask(engine, addImports, { paths: [await cutFilm(path.join(folder, 'film.mp4'))] })
  const video = await until('scenes', async () => {
    const { videos } = await ask(engine, listVideos, {})
    return videos[0]?.sceneCount === 4 && videos[0]
  })
  const { scenes } = await ask(engine, listScenes, { videoId: video.videoId })
  expect(scenes.map(({ startFrame, endFrame }) => [startFrame, endFrame])).toEqual([
    [0, 50],
    [50, 100],
    [100, 150],
    [150, 200],
  ])
  const answer = await ask(engine, getFrames, { videoId: video.videoId })
  const index = FrameIndex.unpack(Buffer.from(answer.packed, 'base64'))
  expect([index.count, index.isVariable, index.timeOf(150), answer.clockStart]).toEqual([200, false, 6, 0])
  await rm(path.join(data, 'derived'), { recursive: true })
  expect(await ask(engine, getFrames, { videoId: video.videoId })).toEqual(answer)
  const kept = path.join(data, 'derived', video.videoId, 'frames')
  const whole = await readFile(kept)
  const damages = [whole.subarray(0, -1), Buffer.alloc(whole.length), Buffer.from('not an index'), Buffer.alloc(0)]
  const flipped = Buffer.from(whole)
  flipped[9]! ^= 1
  for (const damaged of [...damages, flipped]) {
    await writeFile(kept, damaged)
    expect(await ask(engine, getFrames, { videoId: video.videoId })).toEqual(answer)
    expect(await readFile(kept)).toEqual(whole)
  }
})
