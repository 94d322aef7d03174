import { open, type FileHandle } from 'node:fs/promises'
import { bytesOf } from '../../platform/files/index.ts'

const SHORTEST_HEAD = 16
/** Boxes that hold room for later changes. */
const PADDING: ReadonlySet<string> = new Set(['free', 'skip', 'wide'])
/** Boxes of an MP4 that are read at most; a file has a few, a fragmented one thousands. */
const MOST_BOXES = 100_000

/**
 * The size that a video file declares, in bytes, from its outermost structure: the boxes of MP4 and MOV, the RIFF chunk of
 * AVI, the segment of WebM.
 * @param path as `joinBytes` gives it.
 * @param extent `file`: all of it; a file that is shorter is still being written, or truncated. `film`: without a last box
 * of padding that is cut short, since nothing is lost with it.
 * @returns null when it declares none (unfinished recordings, other formats).
 */
export async function declaredSize(path: string, extent: 'file' | 'film' = 'file'): Promise<number | null> {
  const file = await open(bytesOf(path))
  try {
    const head = await read(file, 0, 64)
    if (head.length < SHORTEST_HEAD) return null
    if (head.toString('latin1', 0, 4) === 'RIFF') return riffSize(head)
    if (head.readUInt32BE(0) === EBML) return segmentEnd(head)
    if (isBoxType(head.toString('latin1', 4, 8))) return await boxesEnd(file, extent)
    return null
  } finally {
    await file.close()
  }
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

/** RIFF declares the length of the rest; a writer that could not seek back leaves 0 or all ones. */
function riffSize(head: Buffer): number | null {
  const size = head.readUInt32LE(4)
  return size === 0 || size === 0xffff_ffff ? null : size + 8
}

const EBML = 0x1a45_dfa3
const SEGMENT = 0x1853_8067

/** After the EBML header comes one segment with all the rest. */
function segmentEnd(head: Buffer): number | null {
  const header = vint(head, 4)
  if (typeof header?.value !== 'number') return null
  const segment = 4 + header.length + header.value
  if (segment + 5 > head.length || head.readUInt32BE(segment) !== SEGMENT) return null
  const size = vint(head, segment + 4)
  return typeof size?.value !== 'number' ? null : segment + 4 + size.length + size.value
}

/** EBML's number: leading zeros give its length; all ones after them mean unknown. */
function vint(bytes: Buffer, at: number): { length: number; value: number | null } | null {
  const first = bytes[at]
  if (first === undefined || first === 0) return null
  const length = Math.clz32(first) - 23
  if (at + length > bytes.length) return null
  let value = BigInt(first) & ((1n << BigInt(8 - length)) - 1n)
  for (const byte of bytes.subarray(at + 1, at + length)) value = (value << 8n) | BigInt(byte)
  const unknown = value === (1n << BigInt(7 * length)) - 1n
  return { length, value: unknown ? null : Number(value) }
}

/** End of the last box that begins within the file; a box of size 0 reaches to the end of the file. */
async function boxesEnd(file: FileHandle, extent: 'file' | 'film'): Promise<number | null> {
  const { size: fileSize } = await file.stat()
  let at = 0
  for (let count = 0; at < fileSize && count < MOST_BOXES; count += 1) {
    const head = await read(file, at, 16)
    // Less than a box's head, or no box: padding that some cameras write after the last one.
    if (head.length < 8 || !isBoxType(head.toString('latin1', 4, 8))) return null
    const size = boxSize(head)
    if (size === null) return null
    const isCut = at + size > fileSize
    if (isCut && extent === 'film' && PADDING.has(head.toString('latin1', 4, 8))) return at
    at += size
  }
  return at
}

function boxSize(head: Buffer): number | null {
  const size = head.readUInt32BE(0)
  if (size === 1) return head.length < 16 ? null : Number(head.readBigUInt64BE(8))
  return size < 8 ? null : size
}

function isBoxType(type: string): boolean {
  return /^[a-zA-Z0-9 ]{4}$/.test(type)
}
