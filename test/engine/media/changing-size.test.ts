import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { makeScenePictures, probeVideo, readFrameIndex } from '../../../main/engine/media/index.ts'
import { resolveFfmpeg } from '../../../main/platform/ffmpeg/index.ts'
import { ffmpeg, source } from '../../fixtures/clips.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const tools = await resolveFfmpeg()
const run = promisify(execFile)

/** Two seconds of each; a window that is recorded changes its size so. */
const PARTS = [
  ['red', '320x180'],
  ['lime', '160x120'],
  ['blue', '640x360'],
  ['yellow', '180x320'],
] as const
const COLOURS: Readonly<Record<string, string>> = { red: 'fe0000', lime: '00ff00', blue: '0000fe', yellow: 'ffff00' }

async function film(name: string, codec: readonly string[]): Promise<{ folder: string; file: string }> {
  const folder = await temporaryFolder()
  const [file, list] = [join(folder, `film.${name}`), join(folder, 'list.txt')]
  for (const [colour, size] of PARTS) {
    const part = join(folder, `${colour}.${name}`)
    await ffmpeg(...source(`color=${colour}:size=${size}:rate=10`, 2), ...codec, part)
  }
  await writeFile(list, PARTS.map(([colour]) => `file ${colour}.${name}`).join('\n'))
  await ffmpeg('-f', 'concat', '-i', list, '-c', 'copy', file)
  return { folder, file }
}

/** Rows of cells, each by the colour in its middle, with the size of the picture. */
async function look(picture: string, cells: number): Promise<{ size: string; colours: string[] }> {
  const entries = ['-v', 'error', '-show_entries', 'stream=width,height', '-of', 'csv=p=0:s=x', picture]
  const size = (await run(tools.ffprobe, entries)).stdout.trim()
  const raw = ['-vf', `scale=${cells}:1:flags=area,format=rgb24`, '-f', 'rawvideo', 'pipe:1']
  const { stdout } = await run(tools.ffmpeg, ['-v', 'error', '-i', picture, ...raw], { encoding: 'buffer' })
  const colours = Array.from({ length: cells }, (_, cell) => {
    const is = [...stdout.subarray(3 * cell, 3 * cell + 3)].map((value) => value > 128)
    const same = ([, hex]: [string, string]): boolean =>
      is.every((one, at) => one === parseInt(hex.slice(2 * at, 2 * at + 2), 16) > 128)
    return Object.entries(COLOURS).find(same)?.[0] ?? 'none'
  })
  return { size, colours }
}

test.each([
  ['webm', ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-pix_fmt', 'yuv420p']],
  ['avi', ['-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p']],
] as const)(
  'where the size changes within %s, cells and scenes have their own pictures in the shape of the film',
  async (name, codec) => {
    const { folder, file } = await film(name, codec)
    const { startSeconds } = await probeVideo(tools, file)
    const frames = await readFrameIndex(tools, file, { startSeconds })
    const output = join(folder, 'sheet.jpg')
    // As one run of the decoder for all of them, and as one for each.
    for (const pixels of [320 * 180, 7680 * 4320]) {
      const scenes = PARTS.map((_, at) => ({ startTime: 2 * at, endTime: 2 * at + 2 }))
      await makeScenePictures(tools, file, scenes, {
        ...{ folder: join(folder, 'scenes'), nameOf: (at: number) => `${at}.jpg`, frames, pixels },
        sprite: { output, durationSeconds: 8, width: 320, height: 180 },
      })
      const colours = PARTS.map(([colour]) => colour)
      expect(await look(output, 8)).toEqual({ size: '1920x136', colours: colours.flatMap((one) => [one, one]) })
      for (const [at, colour] of colours.entries()) {
        const picture = await look(join(folder, 'scenes', `${at}.jpg`), 1)
        expect(picture).toEqual({ size: '320x180', colours: [colour] })
      }
    }
  },
  120_000,
)
