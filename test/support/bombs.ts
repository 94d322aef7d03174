import { execFileSync } from 'node:child_process'
import { deflateSync } from 'node:zlib'

/** Files that are small and claim much. Each function answers the bytes of one; nothing in them is footage. */

/** An MP4 box. */
export function box(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8, 0)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}

/** 32-bit numbers, one after the other. */
export function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, 4 * at)
  return bytes
}

function shorts(...values: number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length)
  for (const [at, value] of values.entries()) bytes.writeUInt16BE(value, 2 * at)
  return bytes
}

/** `count` times the same 32-bit number. */
function repeated(value: number, count: number): Buffer {
  return Buffer.alloc(4 * count, words(value))
}

const MATRIX = words(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000)

export interface Track {
  readonly codec: string
  readonly width: number
  readonly height: number
  /** Frames that `stts` promises, each 40 ms long. */
  readonly frames: number
  readonly stsz: Buffer
  readonly stsc: Buffer
  readonly stco: Buffer
  readonly edits?: Buffer | undefined
  readonly descriptions?: number | undefined
}

function trackBox(id: number, track: Track): Buffer {
  const { codec, width, height, frames, stsz, stsc, stco, edits, descriptions = 1 } = track
  const ticks = Math.min(0xffff_fff0, frames * 40)
  const entry = box(
    codec,
    ...[words(0), shorts(0, 1), words(0, 0, 0, 0), shorts(width, height), words(0x48_0000, 0x48_0000, 0)],
    ...[shorts(1), Buffer.alloc(32), shorts(24, 0xffff)],
  )
  const stbl = box(
    'stbl',
    box('stsd', words(0, descriptions), ...Array.from({ length: descriptions }, () => entry)),
    box('stts', words(0, 1, frames, 40)),
    box('stsc', stsc),
    box('stsz', stsz),
    box('stco', stco),
  )
  const dinf = box('dinf', box('dref', words(0, 1), box('url ', words(1))))
  const minf = box('minf', box('vmhd', words(1, 0, 0)), dinf, stbl)
  const hdlr = box('hdlr', words(0, 0), Buffer.from('vide'), words(0, 0, 0), Buffer.alloc(1))
  const mdia = box('mdia', box('mdhd', words(0, 0, 0, 1000, ticks, 0)), hdlr, minf)
  const tkhd = words(7, 0, 0, id, 0, ticks, 0, 0, 0, 0, ...[]).subarray(0)
  return box(
    'trak',
    box('tkhd', tkhd, MATRIX, words(width << 16, height << 16)),
    ...(edits ? [box('edts', box('elst', edits))] : []),
    mdia,
  )
}

/** A MOV: `mdat` first, so that the samples begin at byte 28. */
export const SAMPLES_AT = 28

export function mov(samples: Buffer, tracks: readonly Track[], ...more: Buffer[]): Buffer {
  const ftyp = box('ftyp', Buffer.from('qt  '), words(0x200), Buffer.from('qt  '))
  const most = Math.max(0, ...tracks.map(({ frames }) => frames))
  const mvhd = words(0, 0, 0, 1000, Math.min(0xffff_fff0, most * 40), 0x10000, 0x0100_0000, 0, 0)
  const moov = box(
    'moov',
    box('mvhd', mvhd, MATRIX, words(0, 0, 0, 0, 0, 0, tracks.length + 1)),
    ...tracks.map((track, at) => trackBox(at + 1, track)),
    ...more,
  )
  return Buffer.concat([ftyp, box('mdat', samples), moov])
}

/** One track whose samples are all as long, one a chunk. */
export function track(size: { width: number; height: number }, sampleBytes: number, frames: number): Track {
  return {
    ...{ codec: 'jpeg', ...size, frames },
    stsz: words(0, sampleBytes, frames),
    stsc: words(0, 1, 1, 1, 1),
    stco: Buffer.concat([words(0, frames), repeated(SAMPLES_AT, frames)]),
  }
}

export const SMALL = { width: 64, height: 36 }

/** A small JPEG, made by the ffmpeg that is named. */
export function jpeg(ffmpeg: string, { width, height } = SMALL, format = 'mjpeg'): Buffer {
  const args = ['-loglevel', 'error', '-f', 'lavfi', '-i', `testsrc2=size=${width}x${height}`, '-frames:v', '1']
  return execFileSync(ffmpeg, [...args, '-c:v', format, '-f', 'image2pipe', 'pipe:1'])
}

/** A PNG of one colour, any size: its rows compress to almost nothing. */
export function flatPng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type), data])
    return Buffer.concat([words(data.length), named, words(crc32(named))])
  }
  const head = Buffer.concat([words(width, height), Buffer.from([1, 0, 0, 0, 0])])
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

function crc32(bytes: Buffer): number {
  let crc = 0xffff_ffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0)
  }
  return (crc ^ 0xffff_ffff) >>> 0
}

/** The same JPEG, whose header says another size. */
export function resizedJpeg(bytes: Buffer, width: number, height: number): Buffer {
  const copy = Buffer.from(bytes)
  const frame = copy.indexOf(Buffer.from([0xff, 0xc0]))
  copy.writeUInt16BE(height, frame + 5)
  copy.writeUInt16BE(width, frame + 7)
  return copy
}

/** An EBML element; sizes are written with eight bytes. */
export function element(id: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const name = Buffer.from(
    id.toString(16).padStart(id > 0xff_ffff ? 8 : id > 0xffff ? 6 : id > 0xff ? 4 : 2, '0'),
    'hex',
  )
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE(BigInt(body.length) | (1n << 56n), 0)
  return Buffer.concat([name, size, body])
}

function unsigned(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return element(id, bytes)
}

/** A Matroska file of many tracks of JPEG pictures, one cluster for each picture. */
export function matroska(picture: Buffer, tracks: number, clusters: number): Buffer {
  const ebml = element(0x1a45_dfa3, element(0x4282, Buffer.from('matroska')), unsigned(0x4287, 4), unsigned(0x4285, 2))
  const entry = (number: number): Buffer =>
    element(
      0xae,
      ...[unsigned(0xd7, number), unsigned(0x73c5, number), unsigned(0x83, 1), element(0x86, Buffer.from('V_MJPEG'))],
      element(0xe0, unsigned(0xb0, SMALL.width), unsigned(0xba, SMALL.height)),
    )
  const info = element(0x1549_a966, unsigned(0x2a_d7b1, 1_000_000))
  const list = element(0x1654_ae6b, ...Array.from({ length: tracks }, (_, at) => entry(at + 1)))
  const cluster = (at: number, data: Buffer): Buffer =>
    element(0x1f43_b675, unsigned(0xe7, at), element(0xa3, Buffer.from([0x81, 0, 0, 0x80]), data))
  const all = Array.from({ length: clusters }, (_, at) => cluster(at, at === 0 ? picture : Buffer.alloc(1)))
  return Buffer.concat([ebml, element(0x1853_8067, info, list, Buffer.concat(all))])
}

/** Boxes within boxes, each holding the next. */
export function nested(type: string, depth: number): Buffer {
  const bytes = Buffer.alloc(8 * depth)
  for (let at = 0; at < depth; at += 1) {
    bytes.writeUInt32BE(8 * (depth - at), 8 * at)
    bytes.write(type, 8 * at + 4, 'latin1')
  }
  return bytes
}

function chunk(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(8)
  head.write(type, 0, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}

function littleWords(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [at, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, 4 * at)
  return bytes
}

/** An AVI whose index names one picture many times. */
export function avi(picture: Buffer, entries: number): Buffer {
  const { width, height } = SMALL
  const avih = littleWords(40_000, 0, 0, 0x10, entries, 0, 1, 0, width, height, 0, 0, 0, 0)
  const strh = Buffer.concat([Buffer.from('vidsMJPG'), littleWords(0, 0, 0, 1, 25, 0, entries, 0, 0, 0, 0, 0)])
  const strf = Buffer.concat([
    littleWords(40, width, height),
    littleWords(0x18_0001),
    Buffer.from('MJPG'),
    littleWords(0, 0, 0, 0, 0),
  ])
  const hdrl = chunk(
    'LIST',
    Buffer.from('hdrl'),
    chunk('avih', avih),
    chunk('LIST', Buffer.from('strl'), chunk('strh', strh), chunk('strf', strf)),
  )
  const movi = chunk('LIST', Buffer.from('movi'), chunk('00dc', picture))
  const entry = Buffer.concat([Buffer.from('00dc'), littleWords(0x10, 4, picture.length)])
  return chunk('RIFF', Buffer.from('AVI '), hdrl, movi, chunk('idx1', Buffer.alloc(16 * entries, entry)))
}
