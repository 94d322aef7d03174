import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { makePoster } from '../../../main/engine/media/poster.ts'
import { readFrameIndex } from '../../../main/engine/media/index.ts'
import { resolveFfmpeg } from '../../../main/platform/ffmpeg/index.ts'
import { ffmpeg, source } from '../../fixtures/clips.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const tools = await resolveFfmpeg()
const STEP = 4

/** Ten seconds of 50 greys with a bright corner, each 0.2 s; the poster's frame by its grey. */
async function posterFrame(filter: string, ...options: string[]): Promise<number> {
  const folder = await temporaryFolder()
  const [file, poster] = [join(folder, 'film.mp4'), join(folder, 'poster.jpg')]
  const drawn = `color=size=160x90:rate=5,format=yuv420p,geq=lum='if(lt(X,80),16+${STEP}*N,235)':cb=128:cr=128,${filter}`
  await ffmpeg(...source(drawn, 10), '-c:v', 'libx264', '-crf', '8', '-sc_threshold', '0', ...options, file)
  const frames = await readFrameIndex(tools, file, { startSeconds: 0 })
  await makePoster(tools, file, 10, poster, { frames, pixels: 160 * 90 })
  const one = ['-vf', 'crop=40:60:10:10,scale=1:1:flags=area', '-f', 'rawvideo', '-pix_fmt', 'yuvj420p', 'pipe:1']
  const { stdout } = await promisify(execFile)(tools.ffmpeg, ['-v', 'error', '-i', poster, ...one], {
    encoding: 'buffer',
  })
  return Math.round(((stdout[0] ?? 0) * 219) / 255 / STEP)
}

test('the poster is the frame at a tenth, or a key frame close by, which alone is decoded', async () => {
  expect(await posterFrame('null', '-g', '50')).toBe(5)
  expect(await posterFrame('null', '-g', '6')).toBe(6)
  expect(await posterFrame('null', '-g', '8')).toBe(5)
}, 120_000)

test('a poster that would be of one colour is of another place', async () => {
  expect(await posterFrame(`drawbox=c=black:t=fill:enable='lt(t,1.5)'`, '-g', '50')).toBe(10)
}, 120_000)
