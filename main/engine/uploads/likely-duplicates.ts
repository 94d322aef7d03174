import fs, { type FileHandle } from 'node:fs/promises'
import { bytesOf } from '../../platform/files/index.ts'

/** Cheap to read, and enough to tell two recordings of one size apart: they differ in nearly every byte. */
const SAMPLE_BYTES = 64 * 1024
/** Where they lie, as shares of the file: index and first pictures, the middle, the end. */
const PLACES = [0, 0.5, 1]

/**
 * Whether one of `others`, all as long as `file`, may have the same bytes: then it is worth reading all of it. False when
 * none of them can be read, or the file itself cannot.
 */
export async function isLikelyAmong(others: readonly string[], file: string, sizeBytes: number): Promise<boolean> {
  if (others.length === 0) return false
  const samples = await samplesOf(file, sizeBytes)
  if (!samples) return false
  for (const other of others) {
    if ((await samplesOf(other, sizeBytes))?.equals(samples)) return true
  }
  return false
}

/** null when the file cannot be read: whoever copies it finds out why. */
async function samplesOf(file: string, sizeBytes: number): Promise<Buffer | null> {
  let handle: FileHandle | null = null
  try {
    handle = await fs.open(bytesOf(file))
    const last = Math.max(0, sizeBytes - SAMPLE_BYTES)
    const samples: Buffer[] = []
    for (const place of PLACES) samples.push(await sample(handle, Math.floor(last * place)))
    return Buffer.concat(samples)
  } catch {
    return null
  } finally {
    await handle?.close()
  }
}

async function sample(handle: FileHandle, position: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, position)
  return buffer.subarray(0, bytesRead)
}
