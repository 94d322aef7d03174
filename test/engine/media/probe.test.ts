import { copyFile, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { probeVideo } from '../../../main/engine/media/index.ts'
import { resolveFfmpeg } from '../../../main/platform/ffmpeg/index.ts'
import { ffmpeg, FLOWER, FRIDAY, source, turn } from '../../fixtures/clips.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const tools = await resolveFfmpeg()

test('a film in mp4', async () => {
  const { metadata, ...rest } = await probeVideo(tools, FRIDAY)
  expect(metadata).toEqual({
    durationSeconds: 6.166667,
    resolution: '640x480',
    width: 640,
    height: 480,
    frameRate: 30,
    videoCodec: 'h264',
    audioCodec: 'aac',
    bitrateKbps: expect.closeTo(668, -1),
    fileSizeBytes: 515_198,
    formatName: 'mp4',
    rotation: 0,
    audioChannels: 2,
    audioSampleRate: 44_100,
    recordedAt: '2018-11-01T04:34:53.000Z',
  })
  expect(rest).toEqual({
    startSeconds: 0,
    pixelFormat: 'yuv420p',
    playable: true,
    truncated: false,
  })
})

test('a webm whose sound is longer ends with its last frame', async () => {
  const { metadata, playable } = await probeVideo(tools, FLOWER)
  expect(metadata).toMatchObject({ formatName: 'webm', videoCodec: 'vp8', audioCodec: 'vorbis', frameRate: 29.97 })
  expect(metadata.durationSeconds).toBeCloseTo(5.008, 6)
  expect(playable).toBe(true)
})

test('recognises containers, and what Chromium plays', async () => {
  const folder = await temporaryFolder()
  const clip = source('testsrc2=size=320x180:rate=25', 0.4)
  const made = async (name: string, ...codec: string[]) => {
    await ffmpeg(...clip, ...codec, join(folder, name))
    const { metadata, playable } = await probeVideo(tools, join(folder, name))
    return [metadata.formatName, metadata.videoCodec, playable]
  }
  const h264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p']
  expect(await made('a.mov', ...h264)).toEqual(['mov', 'h264', true])
  expect(await made('a.m4v', ...h264, '-f', 'ipod')).toEqual(['mp4', 'h264', true])
  expect(await made('a.mkv', ...h264)).toEqual(['matroska', 'h264', false])
  expect(await made('a.avi', '-c:v', 'mpeg4')).toEqual(['avi', 'mpeg4', false])
  expect(await made('b.mov', '-c:v', 'mjpeg')).toEqual(['mov', 'mjpeg', false])
  expect(await made('b.mp4', '-c:v', 'libx264', '-pix_fmt', 'yuv422p')).toEqual(['mp4', 'h264', false])
})

test.each([
  [90, '180x320'],
  [180, '320x180'],
  [270, '180x320'],
] as const)('a picture turned by %i degrees is measured as displayed', async (rotation, resolution) => {
  const file = join(await temporaryFolder(), 'turned.mp4')
  await ffmpeg(...source('testsrc2=size=320x180', 0.2), '-pix_fmt', 'yuv420p', file)
  await turn(file, rotation)
  expect((await probeVideo(tools, file)).metadata).toMatchObject({ rotation, resolution })
})

test('pixels that are not square are measured as displayed', async () => {
  const file = join(await temporaryFolder(), 'wide.mp4')
  await ffmpeg(...source('testsrc2=size=180x144', 0.2), '-vf', 'setsar=16/11', '-pix_fmt', 'yuv420p', file)
  expect((await probeVideo(tools, file)).metadata).toMatchObject({ width: 262, height: 144 })
})

test('a file without a declared duration is as long as its packets say', async () => {
  const file = join(await temporaryFolder(), 'recorded.webm')
  await ffmpeg(...source('testsrc2=size=160x90:rate=10', 2), '-c:v', 'libvpx', '-live', '1', '-f', 'webm', file)
  expect((await probeVideo(tools, file)).metadata.durationSeconds).toBeCloseTo(2, 0)
})

test('the camera’s time zone is counted in', async () => {
  const file = join(await temporaryFolder(), 'camera.mov')
  const tag = 'com.apple.quicktime.creationdate=2024-05-01T10:00:00+0200'
  const tags = ['-movflags', 'use_metadata_tags', '-metadata', tag]
  await ffmpeg(...source('testsrc2=size=160x90', 0.2), '-pix_fmt', 'yuv420p', ...tags, file)
  expect((await probeVideo(tools, file)).metadata.recordedAt).toBe('2024-05-01T08:00:00.000Z')
})

test.each<[string, (file: string) => Promise<unknown>, RegExp]>([
  ['empty', (file) => writeFile(file, ''), /^This file is empty\.$/],
  ['a text', (file) => writeFile(file, 'Dear diary, '.repeat(500)), /^This is not a video/],
  [
    'noise',
    (file) => writeFile(file, Buffer.from(Array.from({ length: 9999 }, (_, i) => (i * i) % 251))),
    /not a video/,
  ],
  ['sound only', (file) => ffmpeg(...source('sine', 1), '-vn', file), /^This file holds sound only\.$/],
  ['a song with its cover', song, /sound and a cover picture, but no video/],
  ['cut before its index', cutBeforeIndex, /^This file is cut short: its index is missing/],
  ['cut before its first picture', cutBeforePictures, /^No picture can be read from this file/],
])('what is %s is refused in plain words', async (_, make, words) => {
  const file = join(await temporaryFolder(), 'file.mp4')
  await make(file)
  await expect(probeVideo(tools, file)).rejects.toMatchObject({
    code: 'invalid_video',
    message: expect.stringMatching(words),
  })
})

async function song(file: string): Promise<void> {
  const cover = ['-map', '0:a', '-map', '1:v', '-frames:v', '1', '-c:v', 'mjpeg', '-disposition:v', 'attached_pic']
  await ffmpeg(...source('sine', 1), ...source('testsrc2=size=100x100', 1), ...cover, file)
}

async function cutBeforeIndex(file: string): Promise<void> {
  await ffmpeg('-i', FRIDAY, '-c', 'copy', file)
  await truncate(file, 200_000)
}

async function cutBeforePictures(file: string): Promise<void> {
  await ffmpeg('-i', FRIDAY, '-c', 'copy', '-an', '-movflags', '+faststart', file)
  await truncate(file, (await readFile(file)).indexOf('mdat') + 8)
}

test('a file that lost its end still opens, and is known to have', async () => {
  const file = join(await temporaryFolder(), 'file.mp4')
  await ffmpeg('-stream_loop', '3', '-i', FRIDAY, '-c', 'copy', '-movflags', '+faststart', file)
  expect((await probeVideo(tools, file)).truncated).toBe(false)
  await truncate(file, 1_000_000)
  expect(await probeVideo(tools, file)).toMatchObject({ truncated: true, metadata: { resolution: '640x480' } })
})

test('an abort and a time limit are no verdict on the file', async () => {
  const file = join(await temporaryFolder(), 'file.mp4')
  await copyFile(FRIDAY, file)
  const signal = AbortSignal.abort()
  await expect(probeVideo(tools, file, { signal })).rejects.toMatchObject({ code: 'cancelled' })
  await expect(probeVideo(tools, file, { timeLimitMs: 1 })).rejects.toMatchObject({ code: 'media_failed' })
})
