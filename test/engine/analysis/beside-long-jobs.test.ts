import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { addImports, getVideo, listVideos } from '../../../main/contract/index.ts'
import { resolveFfmpeg } from '../../../main/platform/ffmpeg/index.ts'
import { ffmpeg, source } from '../../fixtures/clips.ts'
import { jpeg, mov, SMALL, track } from '../../support/bombs.ts'
import { drawShots } from '../../support/clips.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'

/** What a good film may have to wait for: a turn of 20 s, and its own work on a busy machine. */
const LIMIT_MS = 80_000

it('analyses a short film while one of hours is measured, and refuses one that only claims hours', async () => {
  const folder = await temporaryFolder()
  const [loop, hours, bomb] = ['loop.mp4', 'hours.mp4', 'bomb.mov'].map((name) => path.join(folder, name))
  // Pictures that do not change take a few bytes each: the file is small, and decoding it takes minutes.
  const still = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '500', '-pix_fmt', 'yuv420p']
  await ffmpeg(...source('color=gray:size=1280x720:rate=60', 20), ...still, loop ?? '')
  await ffmpeg('-stream_loop', '400', '-i', loop ?? '', '-c', 'copy', hours ?? '')
  const picture = jpeg((await resolveFfmpeg()).ffmpeg)
  await writeFile(bomb ?? '', mov(picture, [track(SMALL, picture.length, 3_000_000)]))
  const good = await drawShots(path.join(folder, 'good.mp4'), { shots: 3, secondsEach: 1 })

  const engine = await openEngine(path.join(folder, 'data'))
  const find = async (title: string) => {
    const { videos } = await ask(engine, listVideos, { search: title })
    return videos[0] ?? null
  }
  await ask(engine, addImports, { paths: [bomb ?? '', hours ?? ''] })
  const long = await until('the long film to be looked at', async () => {
    const video = await find('hours')
    return video?.activities.some(({ status }) => status === 'processing') && video
  })
  await ask(engine, addImports, { paths: [good] })
  const { videoId } = await until('the good film', () => find('good'))
  const done = await until(
    'its scenes',
    async () => {
      const video = await ask(engine, getVideo, { videoId })
      return video.sceneCount > 0 && video
    },
    LIMIT_MS,
  )
  expect(done).toMatchObject({ sceneCount: 3 })
  // It is neither analysed nor copied.
  const refused = await until('the bomb to be refused', async () => {
    const { activities = [] } = (await find('bomb')) ?? {}
    return activities.length === 2 && activities.every(({ status }) => status === 'failed') && activities
  })
  expect(refused.map(({ errorMessage }) => errorMessage)).toEqual([
    expect.stringMatching(/same bytes for many different frames/),
    expect.stringMatching(/same bytes for many different frames/),
  ])
  const { activities } = await ask(engine, getVideo, { videoId: long.videoId })
  expect(activities).toMatchObject([{ kind: 'analysis', status: expect.stringMatching(/processing|pending/) }])
}, 180_000)
