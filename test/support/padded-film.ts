import { copyFile, open, stat } from 'node:fs/promises'
import { createCipheriv } from 'node:crypto'
import { FRIDAY } from '../fixtures/clips.ts'

/**
 * A real film of any size: a short clip followed by an MP4 box of kind `free`, which players skip. Its bytes are noise
 * that follows from `seed`, so that no two parts of it are alike.
 */
export async function padFilm(file: string, sizeBytes: number, seed = 1): Promise<string> {
  await copyFile(FRIDAY, file)
  const { size } = await stat(file)
  const header = Buffer.alloc(16)
  header.writeUInt32BE(1, 0)
  header.write('free', 4, 'latin1')
  header.writeBigUInt64BE(BigInt(sizeBytes - size), 8)
  const noise = createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16))
  const handle = await open(file, 'a')
  await handle.write(header)
  for (let left = sizeBytes - size - header.length; left > 0; left -= 1 << 20) {
    await handle.write(noise.update(Buffer.alloc(Math.min(left, 1 << 20))))
  }
  await handle.close()
  return file
}
