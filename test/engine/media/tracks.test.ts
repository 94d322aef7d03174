import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { makePictures, makePreview, probeVideo, readFrameIndex } from '../../../main/engine/media/index.ts'
import { resolveFfmpeg } from '../../../main/platform/ffmpeg/index.ts'
import { ffmpeg, source } from '../../fixtures/clips.ts'
import { editBoxes } from '../../support/mp4-boxes.ts'
import { folderForAll, temporaryFolder } from '../../support/temporary-folder.ts'

const tools = await resolveFfmpeg()
let folder: string
let film: string
let small: string
let cover: string

const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'] as const
const TONE = ['-f', 'lavfi', '-t', '2', '-i', 'sine=frequency=440:sample_rate=48000'] as const

beforeAll(async () => {
  folder = await folderForAll()
  ;[film, small, cover] = ['film.mp4', 'small.mp4', 'cover.jpg'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  await ffmpeg(...source('testsrc2=size=320x180:rate=25', 2), ...H264, film)
  await ffmpeg(...source('testsrc2=size=160x90:rate=25', 2), ...H264, small)
  await ffmpeg('-i', small, '-frames:v', '1', cover)
}, 60_000)

async function joined(name: string, inputs: readonly string[], ...output: string[]): Promise<string> {
  const file = join(folder, name)
  const maps = inputs.flatMap((_, at) => ['-map', String(at)])
  await ffmpeg(...inputs.flatMap((input) => ['-i', input]), ...maps, '-c', 'copy', ...output, file)
  return file
}

const enabled = (flag: number) => (bytes: Buffer, content: number) => bytes.writeUIntBE(flag, content + 1, 3)

test.each([
  ['a cover that nothing marks as one', () => joined('cover.mov', [cover, film]), 320],
  ['the same in WebM’s container', () => joined('cover.mkv', [cover, film]), 320],
  [
    'a preview of one picture',
    () =>
      joined('one.mp4', [cover, film], '-c:v:0', 'libx264', '-pix_fmt:v:0', 'yuv420p', '-disposition:v:0', 'default'),
    320,
  ],
  [
    'a track that is not enabled',
    async () => {
      const two = await joined('two.mp4', [small, film])
      const off = await editBoxes(two, join(folder, 'off.mp4'), /trak\[0\]\/tkhd/, enabled(2))
      return await editBoxes(off, join(folder, 'on.mp4'), /trak\[1\]\/tkhd/, enabled(3))
    },
    320,
  ],
  ['a low-resolution proxy', () => joined('proxy.mp4', [film, small]), 320],
])('the film is chosen beside %s, by everything that reads it', { timeout: 120_000 }, async (_, make, width) => {
  const file = await make()
  const { metadata, startSeconds } = await probeVideo(tools, file)
  const frames = await readFrameIndex(tools, file, { startSeconds })
  const pictures = await temporaryFolder()
  const [picture = ''] = await makePictures(tools, file, [1], { folder: pictures, nameOf: () => 'one.jpg', frames })
  const preview = join(pictures, 'preview.mp4')
  await makePreview(tools, file, preview, { durationSeconds: 2 })
  const widths = [metadata.width, (await probeVideo(tools, preview)).metadata.width, await widthOf(picture)]
  expect([...widths, frames.count]).toEqual([width, width, width, 50])
})

async function widthOf(picture: string): Promise<number | null> {
  const wrapped = `${picture}.mp4`
  await ffmpeg('-i', picture, ...H264, '-vf', 'scale=trunc(iw/2)*2:trunc(ih/2)*2', wrapped)
  return (await probeVideo(tools, wrapped)).metadata.width
}

/** Names the codec of a track so that nobody decodes it: the type of its only entry, and what describes its bytes. */
function unknownCodec(bytes: Buffer, content: number): void {
  bytes.write('zzzz', content + 12, 'latin1')
  bytes.write('free', bytes.indexOf('esds', content, 'latin1'), 'latin1')
}

test('sound that nobody decodes is passed over', { timeout: 120_000 }, async () => {
  const file = join(folder, 'two-sounds.mp4')
  await ffmpeg('-i', film, ...TONE, ...TONE, ...['-map', '0', '-map', '1', '-map', '2', '-c:v', 'copy'], file)
  const first = await editBoxes(file, join(folder, 'first-unknown.mp4'), /trak\[1\].*stsd/, unknownCodec)
  const { metadata, playable } = await probeVideo(tools, first)
  expect([metadata.audioCodec, playable]).toEqual(['aac', true])
  const preview = join(await temporaryFolder(), 'preview.mp4')
  await makePreview(tools, first, preview, { durationSeconds: 2 })
  expect((await probeVideo(tools, preview)).metadata.audioCodec).toBe('aac')
})

test('a copy is made without the only sound when nobody decodes it', { timeout: 120_000 }, async () => {
  const file = join(folder, 'one-sound.mp4')
  await ffmpeg('-i', film, ...TONE, '-map', '0', '-map', '1', '-c:v', 'copy', file)
  const unknown = await editBoxes(file, join(folder, 'only-unknown.mp4'), /trak\[1\].*stsd/, unknownCodec)
  const preview = join(await temporaryFolder(), 'preview.mp4')
  await makePreview(tools, unknown, preview, { durationSeconds: 2 })
  expect((await probeVideo(tools, preview)).metadata).toMatchObject({ audioCodec: null, durationSeconds: 2 })
})
