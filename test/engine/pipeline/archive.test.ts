import { appendFile, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { StreamArchive } from '../../../main/engine/pipeline/archive.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const event = (text: string) => `data: ${JSON.stringify({ text })}\n\n`
const END = 'data: [DONE]\n\n'
const live = () => new AbortController().signal

async function newArchive(): Promise<[archive: StreamArchive, file: string]> {
  const file = path.join(await temporaryFolder(), 'vt_1.sse')
  return [await StreamArchive.open(file), file]
}

async function readAll(archive: StreamArchive, offset = 0, pieceBytes?: number): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of archive.follow(offset, live(), pieceBytes)) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}

describe('the archive of a stream', () => {
  it('has every event on the disk before a reader sees it', async () => {
    const [archive, file] = await newArchive()
    const seen: string[] = []
    const reading = (async () => {
      for await (const piece of archive.follow(0, live())) {
        seen.push(piece.toString())
        expect((await stat(file)).size).toBeGreaterThanOrEqual(seen.join('').length)
      }
    })()
    const events = Array.from({ length: 50 }, (_, at) => event(`Größe ${at}`))
    await Promise.all(events.map((one) => archive.append(one)))
    await archive.end(END, async () => undefined)
    await reading
    expect(seen.join('')).toBe(events.join('') + END)
    expect(await readFile(file, 'utf8')).toBe(seen.join(''))
  })

  it('gives the same from memory and from the disk, from any byte', async () => {
    const [archive, file] = await newArchive()
    for (let at = 0; at < 20; at += 1) await archive.append(event(`é${'x'.repeat(at * 10)}`))
    await archive.end(END, async () => undefined)
    const bytes = await readFile(file)
    const reopened = await StreamArchive.open(file)
    expect(reopened.isEnded).toBe(true)
    for (let offset = 0; offset <= bytes.length; offset += 13) {
      const suffix = bytes.subarray(offset).toString('utf8')
      expect(await readAll(archive, offset)).toBe(suffix)
      expect(await readAll(reopened, offset, 7)).toBe(suffix)
    }
  })

  it('drops the oldest events from memory and still serves them from disk', async () => {
    const [archive] = await newArchive()
    const big = Array.from({ length: 30 }, (_, at) => event(String(at) + 'x'.repeat(100_000)))
    for (const one of big) await archive.append(one)
    await archive.end(END, async () => undefined)
    expect(await readAll(archive)).toBe(big.join('') + END)
  })

  it('shows its end only when the task is settled', async () => {
    const [archive] = await newArchive()
    await archive.append(event('one'))
    let settled = false
    const reading = readAll(archive).then(() => settled)
    await archive.end(END, async () => {
      await new Promise((resolve) => setTimeout(resolve, 30))
      settled = true
    })
    expect(await reading).toBe(true)
  })

  it.each([
    ['a torn event', event('one') + event('two') + 'data: {"te', event('one') + event('two')],
    ['half an end', event('one') + 'data: [DO', event('one')],
    ['one line feed too few', event('one') + event('two').slice(0, -1), event('one')],
    ['nothing but a torn event', 'data: {"te', ''],
    ['a torn event longer than one look', event('one') + `data: ${'x'.repeat(200_000)}`, event('one')],
  ])('is cut behind its last whole event when it ends in %s', async (_what, found, whole) => {
    const file = path.join(await temporaryFolder(), 'vt_1.sse')
    await writeFile(file, found)
    const archive = await StreamArchive.open(file)
    expect([archive.length, archive.isEnded]).toEqual([whole.length, false])
    expect(await readFile(file, 'utf8')).toBe(whole)
    await archive.append(event('next'))
    await archive.close()
    expect(await readFile(file, 'utf8')).toBe(whole + event('next'))
  })

  it('writes over what a failed write left behind', async () => {
    const [archive, file] = await newArchive()
    await archive.append(event('one'))
    await archive.close()
    await appendFile(file, `${event('half of a failed write')}data: {"`)
    await archive.append(event('two'))
    expect(await readFile(file, 'utf8')).toBe(event('one') + event('two'))
  })

  it('releases a reader that disconnects while waiting', async () => {
    const [archive] = await newArchive()
    await archive.append(event('one'))
    const hangUp = new AbortController()
    const seen: string[] = []
    const reading = (async () => {
      for await (const piece of archive.follow(0, hangUp.signal)) seen.push(piece.toString())
    })()
    await new Promise((resolve) => setTimeout(resolve, 20))
    hangUp.abort()
    await reading
    expect(seen).toEqual([event('one')])
  })
})
