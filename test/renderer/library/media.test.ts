import { expect, test } from 'vitest'
import { pictureLine, sizeLine, soundLine } from '../../../renderer/shared/format/media.ts'
import { video } from './video.ts'

const { metadata } = video('v')

test('the picture in a line, only what is known', () => {
  expect(pictureLine(metadata)).toBe('1280 × 720, 25 fps, H.264')
  expect(pictureLine({ ...metadata, frameRate: 30_000 / 1001 })).toBe('1280 × 720, 29.97 fps, H.264')
  expect(pictureLine({ ...metadata, width: null, frameRate: null, videoCodec: 'huffyuv' })).toBe('HUFFYUV')
})

test('the sound in a line, or that there is none', () => {
  expect(soundLine(metadata)).toBe('AAC, 2 channels, 48 kHz')
  expect(soundLine({ ...metadata, audioCodec: 'pcm_s16le', audioChannels: 1, audioSampleRate: 44_100 })).toBe(
    'PCM, mono, 44.1 kHz',
  )
  expect(soundLine({ ...metadata, audioCodec: null })).toBe('None')
})

test('size with its rate', () => {
  expect(sizeLine(412e6, 8200)).toBe('412 MB, 8.2 Mb/s')
  expect(sizeLine(412e6, 745)).toBe('412 MB, 745 kb/s')
  expect(sizeLine(412e6, null)).toBe('412 MB')
})
