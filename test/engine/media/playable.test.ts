import { expect, test } from 'vitest'
import { isPlayable } from '../../../main/engine/media/index.ts'

const film = { formatName: 'mp4', videoCodec: 'h264', audioCodec: 'aac' }

test.each([
  [film, true],
  [{ ...film, audioCodec: null }, true],
  [{ ...film, formatName: 'mov' }, true],
  [{ formatName: 'webm', videoCodec: 'vp9', audioCodec: 'opus' }, true],
  [{ formatName: 'mp4', videoCodec: 'av1', audioCodec: 'flac' }, true],
  [{ ...film, formatName: 'avi' }, false],
  [{ ...film, formatName: 'matroska' }, false],
  [{ ...film, formatName: null }, false],
  [{ ...film, videoCodec: 'hevc' }, false],
  [{ ...film, videoCodec: 'prores' }, false],
  [{ ...film, videoCodec: null }, false],
  [{ ...film, audioCodec: 'pcm_s16le' }, false],
])('%j: %s', (metadata, playable) => {
  expect(isPlayable(metadata)).toBe(playable)
})

test('H.264 beyond 8 bits and 4:2:0 has no decoder in the window; other codecs have', () => {
  expect(isPlayable(film, 'yuv420p')).toBe(true)
  expect(isPlayable(film, 'yuv420p10le')).toBe(false)
  expect(isPlayable(film, 'yuv422p')).toBe(false)
  expect(isPlayable({ ...film, videoCodec: 'vp9' }, 'yuv420p10le')).toBe(true)
})
