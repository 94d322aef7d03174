import { appendFile, stat, truncate } from 'node:fs/promises'

/** Size and name of a box whose size takes 64 bits. */
const HEADER_BYTES = 16

/**
 * Makes an mp4 as big as a real recording, at no cost: a `free` box at its end, which players pass by (ISO/IEC 14496-12,
 * 8.1.2). The file has a hole there where the disk allows it; who copies it reads zeros.
 */
export async function pad(file: string, megabytes: number): Promise<string> {
  const bytes = megabytes * 1e6
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt32BE(1, 0)
  header.write('free', 4, 'latin1')
  header.writeBigUInt64BE(BigInt(bytes), 8)
  const { size } = await stat(file)
  await appendFile(file, header)
  await truncate(file, size + bytes)
  return file
}
