// @ts-check
import { randomFillSync } from 'node:crypto'
import { createReadStream } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { finished } from 'node:stream/promises'

const FOOTAGE = path.resolve(import.meta.dirname, '..', '..', 'test', 'fixtures', 'friday.mp4')
/** A box of any length: a size of 1 says that the real one follows in 64 bits. */
const HEAD_BYTES = 16
const BLOCK_BYTES = 1 << 20

/** @param {number} sizeBytes of the whole box */
function freeBox(sizeBytes) {
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt32BE(1, 0)
  head.write('free', 4, 'latin1')
  head.writeBigUInt64BE(BigInt(sizeBytes), 8)
  return head
}

/**
 * Writes a whole, playable MP4 of exactly that many bytes: real footage, and behind it a box that players skip. So a
 * file of any size is there at once and is analysed in no time, while every byte is stored and hashed as any other.
 * @param {string} file
 * @param {number} sizeBytes
 * @param {'noise' | 'hole'} padding a hole takes no room on the disk
 */
export async function makePaddedVideo(file, sizeBytes, padding) {
  await fs.copyFile(FOOTAGE, file)
  const { size } = await fs.stat(file)
  const handle = await fs.open(file, 'r+')
  try {
    await handle.write(freeBox(sizeBytes - size), 0, HEAD_BYTES, size)
    if (padding === 'noise') await fill(handle, size + HEAD_BYTES, sizeBytes)
    else await handle.truncate(sizeBytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await readThrough(file, padding)
  return file
}

/**
 * @param {fs.FileHandle} handle
 * @param {number} start
 * @param {number} end
 */
async function fill(handle, start, end) {
  // Each block another one, and none that a disk could squeeze.
  const block = randomFillSync(Buffer.allocUnsafe(BLOCK_BYTES))
  for (let at = start, count = 0; at < end; at += BLOCK_BYTES, count += 1) {
    block.writeUInt32BE(count, 0)
    await handle.write(block, 0, Math.min(BLOCK_BYTES, end - at), at)
  }
}

/**
 * Into the system's cache, so that neither side of a comparison waits for a disk to be read.
 * @param {string} file
 * @param {'noise' | 'hole'} padding
 */
async function readThrough(file, padding) {
  if (padding === 'noise') await finished(createReadStream(file, { highWaterMark: BLOCK_BYTES }).resume())
}
