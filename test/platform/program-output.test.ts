import { describe, expect, it } from 'vitest'
import {
  optionValue,
  fileUrl,
  FrameTimes,
  inputArguments,
  isRefusal,
  seriesUrl,
} from '../../main/platform/ffmpeg/index.ts'
import { EngineError } from '../../main/contract/index.ts'
import { LastWords } from '../../main/platform/ffmpeg/last-words.ts'
import { LineReader } from '../../main/platform/ffmpeg/line-reader.ts'
import { progressReader } from '../../main/platform/ffmpeg/progress.ts'

/** Hands a text over in pieces of so many bytes. */
function inPieces(text: string, size: number, take: (chunk: Buffer) => void): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) take(bytes.subarray(at, at + size))
}

describe('what a program says', () => {
  it.each([1, 2, 3, 7, 1000])('is read line by line, in pieces of %d bytes', (size) => {
    const lines: string[] = []
    const reader = new LineReader((line) => lines.push(line))
    inPieces('Größe\r\n\nzwei  \ndrei', size, (chunk) => reader.add(chunk))
    expect(lines).toEqual(['Größe', '', 'zwei'])
  })

  it('is kept to its last 4 KB', () => {
    const words = new LastWords()
    inPieces(`first\n${'x'.repeat(10_000)}\nlast`, 100, (chunk) => words.add(chunk))
    expect([words.text.length, words.text.endsWith('last'), words.text.includes('first')]).toEqual([4096, true, false])
  })

  it.each([
    ['[mov,mp4 @ 0x55] moov atom not found\nfile:/home/me/a.mp4: Invalid data', 'moov atom not found'],
    ['\n  \n[in#0 @ 0x1] [x @ 0x2] Bad thing', 'Bad thing'],
    ['Last message repeated 3 times\nfile:/home/me/a.mp4: Invalid data', 'a.mp4: Invalid data'],
    ['Fontconfig error: no file\nfile:C:\\films\\a.mp4: Permission denied', 'a.mp4: Permission denied'],
    ['', null],
  ])('%j is told as %j', (text, told) => {
    const words = new LastWords()
    words.add(Buffer.from(text))
    expect(words.firstLine).toBe(told)
  })

  it.each([1, 5, 1000])('of progress is seconds, in pieces of %d bytes', (size) => {
    const seconds: number[] = []
    const read = progressReader((at) => seconds.push(at))
    inPieces('frame=1\nout_time_ms=N/A\nout_time_ms=1500000\nout_time_us=9\nout_time_ms=2000000\n', size, read)
    expect(seconds).toEqual([1.5, 2])
  })

  it.each([1, 4, 1000])('of frames is when each begins and how long it lasts, in pieces of %d bytes', (size) => {
    const times: [number, number][] = []
    const frames = new FrameTimes((seconds, lasting) => times.push([seconds, lasting]))
    const text = '#software: x\n#tb 0: 1/25\n0,  0,  0,  1, 6, 0xab\n0, -1,  -5, 0, 6, 0x1\n1, 7, 7, 1, 6, 0x2\n'
    inPieces(text, size, frames.add)
    expect(times).toEqual([
      [0, 0.04],
      [-0.2, 0],
    ])
    expect(frames.timeBase).toEqual([1, 25])
  })
})

describe('an argument or a list of them', () => {
  it('that is a path is a file and nothing else', () => {
    expect(fileUrl('/a/-x.mp4')).toBe('file:/a/-x.mp4')
    expect(fileUrl('http:x.mp4')).toMatch(/^file:\/.*\/http:x\.mp4$/)
    expect(seriesUrl('/100%/pictures', '%d.jpg')).toBe('file:/100%%/pictures/%d.jpg')
  })

  it('opens a film with the formats and protocols that it may use, before anything else of it', () => {
    const args = inputArguments('/films/a.mp4', ['-ss', '1'])
    expect(args.slice(-4)).toEqual(['-ss', '1', '-i', 'file:/films/a.mp4'])
    const valueOf = (name: string): string[] => args[args.indexOf(name) + 1]?.split(',') ?? []
    expect(args.indexOf('-ss')).toBeGreaterThan(
      Math.max(...['-protocol_whitelist', '-format_whitelist'].map((n) => args.indexOf(n))),
    )
    expect(valueOf('-protocol_whitelist')).toContain('file')
    for (const protocol of [
      'http',
      'https',
      'tcp',
      'udp',
      'rtp',
      'concat',
      'subfile',
      'ftp',
      'tls',
      'async',
      'cache',
    ]) {
      expect(valueOf('-protocol_whitelist')).not.toContain(protocol)
    }
    expect(valueOf('-format_whitelist')).toContain('mov')
    for (const format of ['hls', 'concat', 'dash', 'sdp', 'rtsp', 'imf', 'lavfi', 'image2']) {
      expect(valueOf('-format_whitelist')).not.toContain(format)
    }
  })

  it.each([
    ['plain', 'plain'],
    ["it's", "it\\\\\\'s"],
    ['a:b', 'a\\\\:b'],
    ['a,b;[c]', 'a\\,b\\;\\[c\\]'],
    ['a\\b', 'a\\\\\\\\b'],
  ])('within a filter, %s is written %s', (text, written) => {
    expect(optionValue(text)).toBe(written)
  })
})

describe('a verdict on the file', () => {
  it.each([
    [new EngineError('media_failed', 'no', { exitCode: 1 }), true],
    [new EngineError('media_failed', 'no', { stderr: 'too long' }), false],
    [new EngineError('storage_full', 'no', { exitCode: 1 }), false],
    [new Error('no'), false],
  ])('is one of a program that ended by itself', (error, is) => {
    expect(isRefusal(error)).toBe(is)
  })
})
