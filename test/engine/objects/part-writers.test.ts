import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { CopyProgress } from '../../../main/engine/objects/index.ts'
import { PartWriters } from '../../../main/engine/objects/part-writers.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const PART = 1_500_000
const SIZES = [PART, PART, PART, 700_000]
const SIZE = SIZES.reduce((sum, size) => sum + size, 0)
const LONG_SIZE = 2 ** 30
const GOES_ON = new AbortController().signal
const hashOf = (algorithm: string, bytes: Uint8Array) => createHash(algorithm).update(bytes).digest('hex')

function openWriters(): PartWriters {
  const writers = new PartWriters(path.resolve('out/main'))
  onTestFinished(() => writers.close())
  return writers
}

/** Random bytes and the file they are in. */
async function makeFile(folder: string, name: string): Promise<{ file: string; bytes: Buffer }> {
  const file = path.join(folder, name)
  const bytes = randomBytes(SIZE)
  await fs.writeFile(file, bytes)
  return { file, bytes }
}

async function makeTarget(folder: string): Promise<string> {
  const file = path.join(folder, 'target')
  await fs.writeFile(file, Buffer.alloc(SIZE))
  return file
}

const placeOf = (file: string, part: number) => ({ file, offset: part * PART, sizeBytes: SIZES[part] ?? 0 })

it('writes parts that arrive at once in pieces of any size, each to its place', async () => {
  const folder = await temporaryFolder()
  const writers = openWriters()
  const [{ bytes }, target] = [await makeFile(folder, 'source'), await makeTarget(folder)]
  const pieceSizes = [65_536, 1, 3_000, 250_000]
  const digests = await Promise.all(
    SIZES.map(async (size, part) => {
      const writing = writers.begin(placeOf(target, part))
      const end = part * PART + size
      for (let at = part * PART, count = 0; at < end; count += 1) {
        const next = Math.min(end, at + (pieceSizes[count % pieceSizes.length] ?? 1))
        // One in two owns its memory, as a socket's do; the others share it and may not be taken away.
        await writing.append(count % 2 ? bytes.subarray(at, next) : new Uint8Array(bytes.subarray(at, next)))
        at = next
      }
      return await writing.finish()
    }),
  )
  expect(digests).toEqual(
    SIZES.map((size, part) => {
      const own = bytes.subarray(part * PART, part * PART + size)
      return { md5: hashOf('md5', own), sizeBytes: size }
    }),
  )
  expect((await fs.readFile(target)).equals(bytes)).toBe(true)
})

it('writes a large part past the cache, the rest of a block through it, and nothing of its neighbours', async () => {
  const folder = await temporaryFolder()
  const target = path.join(folder, 'target')
  const [aligned, odd, sizeBytes] = [4096, 9 * 2 ** 20 + 5000, 8 * 2 ** 20 + 777]
  await fs.writeFile(target, Buffer.alloc(18 * 2 ** 20, 1))
  const writers = openWriters()
  for (const offset of [aligned, odd]) {
    const bytes = randomBytes(sizeBytes)
    const writing = writers.begin({ file: target, offset, sizeBytes })
    for (let at = 0; at < sizeBytes; at += 65_536) await writing.append(bytes.subarray(at, at + 65_536))
    expect(await writing.finish()).toEqual({ md5: hashOf('md5', bytes), sizeBytes })
    const written = await fs.readFile(target)
    expect(written.subarray(offset, offset + sizeBytes).equals(bytes)).toBe(true)
    expect([written[offset - 1], written[offset + sizeBytes]]).toEqual([1, 1])
  }
})

it('goes on where senders that stall hold all the memory', async () => {
  const folder = await temporaryFolder()
  const target = path.join(folder, 'target')
  const [count, sizeBytes] = [60, 2 ** 20 + 100]
  await fs.writeFile(target, '')
  await fs.truncate(target, count * sizeBytes)
  const writers = openWriters()
  const parts = Array.from({ length: count }, (_, part) => {
    const writing = writers.begin({ file: target, offset: part * sizeBytes, sizeBytes })
    return { writing, bytes: randomBytes(sizeBytes) }
  })
  // Each holds a block that it does not fill, and there are fewer blocks than parts.
  await Promise.all(parts.map(({ writing, bytes }) => writing.append(bytes.subarray(0, 5000))))
  await Promise.all(parts.map(({ writing, bytes }) => writing.append(bytes.subarray(5000))))
  const digests = await Promise.all(parts.map(({ writing }) => writing.finish()))
  expect(digests.map(({ md5 }) => md5)).toEqual(parts.map(({ bytes }) => hashOf('md5', bytes)))
  const written = await fs.readFile(target)
  expect(written.equals(Buffer.concat(parts.map(({ bytes }) => bytes)))).toBe(true)
})

it('says why a part cannot be written, and ends it', async () => {
  const file = path.join(await temporaryFolder(), 'missing')
  const writing = openWriters().begin({ file, offset: 0, sizeBytes: PART })
  await writing.append(new Uint8Array(PART))
  // The first failure, not what follows from it.
  const failure = await writing.finish().catch((error: unknown) => error)
  expect(String((failure as Error).cause)).toContain('ENOENT')
  await writing.drop()
})

it('counts what is too much of a part, and leaves the next part alone', async () => {
  const folder = await temporaryFolder()
  const target = await makeTarget(folder)
  const writing = openWriters().begin(placeOf(target, 0))
  for (const length of [PART - 10, 30, 5]) await writing.append(new Uint8Array(length).fill(7))
  expect((await writing.finish()).sizeBytes).toBe(PART + 25)
  const written = await fs.readFile(target)
  expect(written.subarray(0, PART).every((byte) => byte === 7)).toBe(true)
  expect(written.subarray(PART).every((byte) => byte === 0)).toBe(true)
})

/** Copies a file into another, and answers what was reported on the way. */
async function copyFile(writers: PartWriters, source: string, file: string, stored = new Map<number, string>()) {
  const reports: CopyProgress[] = []
  const onProgress = (progress: CopyProgress): void => void reports.push(progress)
  const copy = { source, file, sizeBytes: SIZE, partBytes: PART, stored }
  const { sha256 } = await writers.copy(copy, { signal: GOES_ON, onProgress })
  const parts = reports.flatMap((report) => (report.is === 'synced' ? report.parts : []))
  const compared = reports.flatMap((report) => (report.is === 'compared' ? [report.bytes] : []))
  return { sha256, parts, compared }
}

const crcOf = (bytes: Uint8Array) => crc32(bytes).toString(16).padStart(8, '0')
const partOf = (bytes: Buffer, part: number) => bytes.subarray(part * PART, part * PART + (SIZES[part] ?? 0))

it('copies a file and reports each part once with its checksum', async () => {
  const folder = await temporaryFolder()
  const writers = openWriters()
  const [{ file: source, bytes }, target] = [await makeFile(folder, 'source'), await makeTarget(folder)]
  const { sha256, parts, compared } = await copyFile(writers, source, target)
  expect(sha256).toBe(hashOf('sha256', bytes))
  expect((await fs.readFile(target)).equals(bytes)).toBe(true)
  expect(parts).toEqual(SIZES.map((_, part) => ({ partNumber: part + 1, checksum: crcOf(partOf(bytes, part)) })))
  expect(compared).toEqual([])
})

it('reads stored parts where they are, and the source only for the others', async () => {
  const folder = await temporaryFolder()
  const writers = openWriters()
  const [first, second] = [await makeFile(folder, 'first'), await makeFile(folder, 'second')]
  const target = await makeTarget(folder)
  await copyFile(writers, first.file, target)
  const stored = new Map([1, 3].map((number) => [number, crcOf(partOf(first.bytes, number - 1))]))
  const { sha256, parts, compared } = await copyFile(writers, second.file, target, stored)
  const expected = Buffer.concat([0, 1, 2, 3].map((part) => partOf(part % 2 ? second.bytes : first.bytes, part)))
  expect((await fs.readFile(target)).equals(expected)).toBe(true)
  expect(sha256).toBe(hashOf('sha256', expected))
  expect(parts.map(({ partNumber }) => partNumber)).toEqual([2, 4])
  expect(compared).toEqual([PART, 2 * PART])
})

it('copies a stored part again that the disk damaged', async () => {
  const folder = await temporaryFolder()
  const writers = openWriters()
  const [{ file: source, bytes }, target] = [await makeFile(folder, 'source'), await makeTarget(folder)]
  const { parts: before } = await copyFile(writers, source, target)
  const handle = await fs.open(target, 'r+')
  await handle.write(Buffer.from([(bytes[PART] ?? 0) ^ 1]), 0, 1, PART)
  await handle.truncate(SIZE - 1)
  await handle.close()
  const stored = new Map(before.map(({ partNumber, checksum }) => [partNumber, checksum]))
  const { sha256, parts } = await copyFile(writers, source, target, stored)
  expect(parts.map(({ partNumber }) => partNumber)).toEqual([2, 4])
  expect(sha256).toBe(hashOf('sha256', bytes))
  expect((await fs.readFile(target)).equals(bytes)).toBe(true)
})

it('reports what is on the disk when it is stopped in the middle', async () => {
  vi.stubEnv('FIELDREEL_SLOW_PARTS', '30')
  onTestFinished(() => void vi.unstubAllEnvs())
  const folder = await temporaryFolder()
  const writers = openWriters()
  const [{ file: source, bytes }, target] = [await makeFile(folder, 'source'), await makeTarget(folder)]
  const aborter = new AbortController()
  const parts: number[] = []
  const onProgress = (progress: CopyProgress): void => {
    if (progress.is === 'synced') parts.push(...progress.parts.map(({ partNumber }) => partNumber))
    aborter.abort()
  }
  const copy = { source, file: target, sizeBytes: SIZE, partBytes: PART / 10, stored: new Map<number, string>() }
  await expect(writers.copy(copy, { signal: aborter.signal, onProgress })).rejects.toMatchObject({ code: 'cancelled' })
  expect(parts).toEqual(parts.map((_, index) => index + 1))
  expect(parts.length).toBeGreaterThan(0)
  expect(parts.length).toBeLessThan(SIZE / copy.partBytes)
  const end = (parts.length * PART) / 10
  expect((await fs.readFile(target)).subarray(0, end).equals(bytes.subarray(0, end))).toBe(true)
})

it('says that a source became shorter, and that one cannot be read', async () => {
  const folder = await temporaryFolder()
  const writers = openWriters()
  const [{ file: source }, target] = [await makeFile(folder, 'source'), await makeTarget(folder)]
  await fs.truncate(source, SIZE - 1)
  await expect(copyFile(writers, source, target)).rejects.toMatchObject({ code: 'source_changed' })
  await fs.rm(source)
  await expect(copyFile(writers, source, target)).rejects.toMatchObject({ code: 'source_missing' })
})

it('hashes from the start again after a hash was given up', async () => {
  const folder = await temporaryFolder()
  const writers = openWriters()
  const { file, bytes } = await makeFile(folder, 'source')
  // Long enough that it goes on well after the first report of progress.
  const long = path.join(folder, 'long')
  await fs.writeFile(long, '')
  await fs.truncate(long, LONG_SIZE)
  const aborter = new AbortController()
  const givenUp = writers.hash(long, LONG_SIZE, { signal: aborter.signal, onProgress: () => aborter.abort() })
  await expect(givenUp).rejects.toMatchObject({ code: 'cancelled' })
  expect((await writers.hash(file, SIZE)).sha256).toBe(hashOf('sha256', bytes))
})

it('names exactly the parts whose bytes are others than were confirmed', async () => {
  const folder = await temporaryFolder()
  const writers = openWriters()
  const { file, bytes } = await makeFile(folder, 'source')
  const parts = SIZES.map((sizeBytes, part) => {
    const md5 = hashOf('md5', bytes.subarray(part * PART, part * PART + sizeBytes))
    const checksum = part % 2 ? md5 : crcOf(partOf(bytes, part))
    return { partNumber: part + 1, offset: part * PART, sizeBytes, checksum }
  })
  expect(await writers.verify(file, parts)).toEqual([])
  const handle = await fs.open(file, 'r+')
  await handle.write(Buffer.from([(bytes[PART] ?? 0) ^ 1]), 0, 1, PART)
  await handle.truncate(SIZE - 1)
  await handle.close()
  expect(await writers.verify(file, parts)).toEqual([2, 4])
})
