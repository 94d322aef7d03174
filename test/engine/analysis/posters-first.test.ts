import path from 'node:path'
import { expect, it } from 'vitest'
import { addImports, listVideos, openDerived } from '../../../main/contract/index.ts'
import { ffmpeg, source } from '../../fixtures/clips.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'

const NAMES = ['one', 'two', 'three', 'four']

it('shows the poster of each of several long films before the analysis of any has ended (AN-25)', async () => {
  const folder = await temporaryFolder()
  const still = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '500', '-pix_fmt', 'yuv420p']
  const paths = NAMES.map(async (name, at) => {
    const [loop, long] = [path.join(folder, `${name}-loop.mp4`), path.join(folder, `${name}.mp4`)]
    await ffmpeg(...source(`smptebars=size=1280x720:rate=${25 + at}`, 20), ...still, loop)
    // Pictures that do not change take a few bytes each: an hour and more is soon copied, and takes minutes to decode.
    await ffmpeg('-stream_loop', '200', '-i', loop, '-c', 'copy', long)
    return long
  })
  const engine = await openEngine(path.join(folder, 'data'))
  await ask(engine, addImports, { paths: await Promise.all(paths) })
  const shown = async (): Promise<boolean> => {
    const { videos } = await ask(engine, listVideos, {})
    const posters = videos.map(({ videoId }) =>
      ask(engine, openDerived, { videoId, which: 'poster' }).then(
        ({ sizeBytes }) => sizeBytes > 1000,
        () => false,
      ),
    )
    return videos.length === NAMES.length && (await Promise.all(posters)).every(Boolean)
  }
  await until('all posters', shown, 120_000)
  const { videos } = await ask(engine, listVideos, {})
  for (const { sceneCount, activities } of videos) {
    expect(sceneCount).toBe(0)
    expect(activities).toMatchObject([{ kind: 'analysis', status: expect.stringMatching(/processing|pending/) }])
  }
}, 240_000)
