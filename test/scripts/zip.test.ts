import { createHash } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { extractZip } from '../../scripts/setup/zip.mjs'

let folder = ''
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'fieldreel-zip-'))
})
afterEach(() => fs.rm(folder, { recursive: true, force: true }))

interface Entry {
  name: string
  content: string
  mode?: number
}

/** A zip archive as the format describes it: local headers with their data, the central directory, its end. */
function zip(entries: Entry[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, mode = 0o644 } of entries) {
    const data = deflateRawSync(content)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0) // version needed
    common.writeUInt16LE(8, 4) // deflated
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(Buffer.byteLength(content), 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), data])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE((mode << 16) >>> 0, 6) // Unix permissions
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), common, tail, Buffer.from(name)]))
    locals.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, central, Buffer.from('PK\x05\x06'), end])
}

async function archive(entries: Entry[], damage?: (bytes: Buffer) => void): Promise<string> {
  const file = path.join(folder, 'archive.zip')
  const bytes = zip(entries)
  damage?.(bytes)
  await fs.writeFile(file, bytes)
  return file
}

test('entries land where they are placed, with their permissions; the others are left out', async () => {
  const long = 'frame '.repeat(50_000)
  const file = await archive([
    { name: 'App/', content: '' },
    { name: 'App/run', content: long, mode: 0o755 },
    { name: 'App/other', content: 'no' },
  ])
  const target = path.join(folder, 'out')
  await extractZip(file, target, (name) => (name === 'App/run' ? 'bin/program' : null))

  expect(await fs.readdir(target)).toEqual(['bin'])
  const program = path.join(target, 'bin', 'program')
  expect(
    createHash('md5')
      .update(await fs.readFile(program))
      .digest('hex'),
  ).toBe(createHash('md5').update(long).digest('hex'))
  expect((await fs.stat(program)).mode & 0o777).toBe(0o755)
})

test('nothing is written outside the folder', async () => {
  const target = path.join(folder, 'out')
  const climbing = await archive([{ name: '../evil', content: 'x' }])
  await expect(extractZip(climbing, target, (name) => name)).rejects.toThrow()
  const plain = await archive([{ name: 'good', content: 'x' }])
  await expect(extractZip(plain, target, () => '../evil')).rejects.toThrow('outside')
  await expect(fs.stat(path.join(folder, 'evil'))).rejects.toThrow('ENOENT')
})

test('a file that is no archive, or a damaged one, is refused', async () => {
  const nonsense = path.join(folder, 'nonsense.zip')
  await fs.writeFile(nonsense, 'this is not a zip archive at all')
  await expect(extractZip(nonsense, folder, (name) => name)).rejects.toThrow()

  const torn = await archive([{ name: 'a', content: 'hello '.repeat(100) }], (bytes) => bytes.fill(0xff, 31, 41))
  await expect(extractZip(torn, path.join(folder, 'out'), (name) => name)).rejects.toThrow()
})
