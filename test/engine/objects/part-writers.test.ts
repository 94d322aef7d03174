import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { PartWriters } from '../../../main/engine/objects/part-writers.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const PART = 1_500_000
const SIZES = [PART, PART, PART, 700_000]
const SIZE = SIZES.reduce((sum, size) => sum + size, 0)
const GOES_ON = new AbortController().signal
const hashOf = (algorithm: string, bytes: Uint8Array) => createHash(algorithm).update(bytes).digest('hex')

function openWriters(): PartWriters {
  const writers = new PartWriters(path.resolve('out/main'), 2)
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
      const writing = await writers.begin(placeOf(target, part))
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

it('counts what is too much of a part, and leaves the next part alone', async () => {
  const folder = await temporaryFolder()
  const target = await makeTarget(folder)
  const writing = await openWriters().begin(placeOf(target, 0))
  for (const length of [PART - 10, 30, 5]) await writing.append(new Uint8Array(length).fill(7))
  expect((await writing.finish()).sizeBytes).toBe(PART + 25)
  const written = await fs.readFile(target)
  expect(written.subarray(0, PART).every((byte) => byte === 7)).toBe(true)
  expect(written.subarray(PART).every((byte) => byte === 0)).toBe(true)
})

it.each([
  { order: 'in order', parts: [0, 1, 2, 3] },
  { order: 'out of order', parts: [0, 3, 2, 1] },
  { order: 'from the middle on', parts: [2, 3, 0, 1] },
])('hashes a whole file along with its parts, copied $order', async ({ parts }) => {
  const folder = await temporaryFolder()
  const writers = openWriters()
  const [{ file: source, bytes }, target] = [await makeFile(folder, 'source'), await makeTarget(folder)]
  for (const part of parts) await writers.copy({ source, ...placeOf(target, part) }, GOES_ON)
  const seen: number[] = []
  // Whatever was copied before the first part was not hashed along, and has to be read again.
  const along = parts[0] === 0 ? [0, 1, 2, 3] : [0, 1]
  expect([...writers.hashedAlong(target)].toSorted()).toEqual(along.map((part) => part * PART))
  const digest = await writers.hash(target, SIZE, { onProgress: (done) => seen.push(done) })
  expect(digest).toEqual({ sha256: hashOf('sha256', bytes), sizeBytes: SIZE })
  expect(seen.at(-1)).toBe(SIZE)
})

it('hashes what is there at the end when a part is written again after it was hashed', async () => {
  const folder = await temporaryFolder()
  const writers = openWriters()
  const [first, second] = [await makeFile(folder, 'first'), await makeFile(folder, 'second')]
  const target = await makeTarget(folder)
  for (const part of [0, 1, 2, 3]) await writers.copy({ source: first.file, ...placeOf(target, part) }, GOES_ON)
  await writers.copy({ source: second.file, ...placeOf(target, 1) }, GOES_ON)
  const stored = await fs.readFile(target)
  expect(stored.subarray(PART, 2 * PART).equals(second.bytes.subarray(PART, 2 * PART))).toBe(true)
  expect((await writers.hash(target, SIZE)).sha256).toBe(hashOf('sha256', stored))
})

it('hashes from the start again after a hash was given up', async () => {
  const folder = await temporaryFolder()
  const writers = openWriters()
  const { file, bytes } = await makeFile(folder, 'source')
  const aborter = new AbortController()
  const givenUp = writers.hash(file, SIZE, { signal: aborter.signal, onProgress: () => aborter.abort() })
  await expect(givenUp).rejects.toMatchObject({ code: 'cancelled' })
  expect((await writers.hash(file, SIZE)).sha256).toBe(hashOf('sha256', bytes))
})

it('names exactly the parts whose bytes are others than were confirmed', async () => {
  const folder = await temporaryFolder()
  const writers = openWriters()
  const { file, bytes } = await makeFile(folder, 'source')
  const parts = SIZES.map((sizeBytes, part) => {
    const md5 = hashOf('md5', bytes.subarray(part * PART, part * PART + sizeBytes))
    return { partNumber: part + 1, offset: part * PART, sizeBytes, md5 }
  })
  expect(await writers.verify(file, parts)).toEqual([])
  const handle = await fs.open(file, 'r+')
  await handle.write(Buffer.from([(bytes[PART] ?? 0) ^ 1]), 0, 1, PART)
  await handle.truncate(SIZE - 1)
  await handle.close()
  expect(await writers.verify(file, parts)).toEqual([2, 4])
})
