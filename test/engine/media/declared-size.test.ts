import { execFile } from 'node:child_process'
import { appendFile, stat, truncate } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { declaredSize } from '../../../main/engine/media/declared-size.ts'
import { probeVideo } from '../../../main/engine/media/index.ts'
import { resolveFfmpeg } from '../../../main/platform/ffmpeg/index.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const run = promisify(execFile)

async function draw(name: string, codecs: string[]): Promise<string> {
  const { ffmpeg } = await resolveFfmpeg()
  const file = path.join(await temporaryFolder(), name)
  const source = ['-f', 'lavfi', '-i', 'testsrc2=size=128x72:rate=25:duration=2']
  await run(ffmpeg, ['-loglevel', 'error', ...source, ...codecs, file])
  return file
}

describe('the size that a container declares', () => {
  it.each([
    ['index last.mp4', ['-c:v', 'libx264', '-pix_fmt', 'yuv420p']],
    ['index first.mp4', ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-movflags', '+faststart']],
    ['fragments.mp4', ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-movflags', '+frag_keyframe+empty_moov']],
    ['film.mov', ['-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p']],
    ['film.webm', ['-c:v', 'libvpx', '-b:v', '300k']],
    ['film.avi', ['-c:v', 'mpeg4']],
  ])('is that of a whole file, and more than that of one cut short: %s', async (name, codecs) => {
    const file = await draw(name, codecs)
    const { size } = await stat(file)
    expect(await declaredSize(file)).toBe(size)
    await truncate(file, Math.floor(size * 0.7))
    expect(await declaredSize(file)).toBeGreaterThan(Math.floor(size * 0.7))
  })

  it('is unknown where a writer could not go back to fill it in', async () => {
    const { ffmpeg } = await resolveFfmpeg()
    const file = path.join(await temporaryFolder(), 'live.webm')
    const source = ['-f', 'lavfi', '-i', 'testsrc2=size=128x72:rate=25:duration=1']
    await run(ffmpeg, ['-loglevel', 'error', ...source, '-c:v', 'libvpx', '-f', 'webm', '-live', '1', file])
    expect(await declaredSize(file)).toBeNull()
  })

  it.each(['free', 'skip', 'wide'])(
    'ends before a last %s box that is cut short, as far as the film goes',
    async (type) => {
      const file = await draw('film.mp4', ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'])
      const { size } = await stat(file)
      const head = Buffer.alloc(16)
      head.writeUInt32BE(5000, 0)
      head.write(type, 4, 'latin1')
      await appendFile(file, head)
      expect(await declaredSize(file)).toBe(size + 5000)
      expect(await declaredSize(file, 'film')).toBe(size)
      expect((await probeVideo(await resolveFfmpeg(), file)).truncated).toBe(false)
      // Any other box may hold something of the film.
      head.write('moof', 4, 'latin1')
      await truncate(file, size)
      await appendFile(file, head)
      expect(await declaredSize(file, 'film')).toBe(size + 5000)
    },
  )

  it('is unknown of what is no container', async () => {
    expect(await declaredSize(path.resolve('package.json'))).toBeNull()
  })
})
