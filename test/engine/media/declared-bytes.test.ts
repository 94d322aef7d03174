import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { declaredSize } from '../../../main/engine/media/declared-size.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

async function declared(...pieces: Buffer[]): Promise<number | null> {
  const file = path.join(await temporaryFolder(), 'film')
  await writeFile(file, Buffer.concat(pieces))
  return await declaredSize(file)
}

/** A box of MP4 with so many bytes in it, that says it has `says` bytes. */
function box(type: string, content: number, says = 8 + content): Buffer {
  const bytes = Buffer.alloc(8 + content)
  bytes.writeUInt32BE(says, 0)
  bytes.write(type, 4, 'latin1')
  return bytes
}

function largeBox(type: string, content: number, says = 16 + content): Buffer {
  const bytes = box(type, 8 + content, 1)
  bytes.writeBigUInt64BE(BigInt(says), 8)
  return bytes
}

const FTYP = box('ftyp', 16)

describe('the size that the boxes of an MP4 declare', () => {
  it('is where the last one ends, however it writes its length', async () => {
    expect(await declared(FTYP, box('mdat', 100))).toBe(132)
    expect(await declared(FTYP, largeBox('mdat', 100))).toBe(140)
    expect(await declared(FTYP, box('mdat', 100, 1000))).toBe(1024)
    expect(await declared(FTYP, largeBox('mdat', 100, 2 ** 40))).toBe(24 + 2 ** 40)
    expect(await declared(FTYP, box('mdat', 100), box('free', 0))).toBe(140)
  })

  it.each([
    ['reaches to the end of the file, wherever that is', box('mdat', 100, 0)],
    // What lies in it may look like boxes.
    ['reaches to the end and holds another one', Buffer.concat([box('mdat', 0, 0), box('free', 8)])],
    ['is shorter than its own head', Buffer.concat([box('mdat', 0, 7), box('free', 8)])],
    ['has no room for its long length', box('mdat', 4, 1).subarray(0, 12)],
  ])('is unknown where a box %s', async (_what, last) => {
    expect(await declared(FTYP, last)).toBeNull()
  })

  it('is unknown where something follows that is no box', async () => {
    expect(await declared(FTYP, box('mdat', 100), Buffer.alloc(100))).toBeNull()
    expect(await declared(FTYP, box('mdat', 100), Buffer.from('abc'))).toBeNull()
  })
})

describe('the size that an AVI declares', () => {
  function riff(size: number): Buffer {
    const bytes = Buffer.alloc(100)
    bytes.write('RIFF', 0, 'latin1')
    bytes.writeUInt32LE(size, 4)
    return bytes
  }

  it.each([
    [92, 100],
    [1000, 1008],
    [0, null],
    [0xffff_ffff, null],
  ])('with a length of %d is %d', async (size, whole) => {
    expect(await declared(riff(size))).toBe(whole)
  })
})

describe('the size that a WebM declares', () => {
  const HEADER = Buffer.from('1a45dfa3844282847765'.slice(0, 18), 'hex')

  it.each([
    ['one byte', '84', 5],
    ['two bytes', '4064', 102],
    ['eight bytes', '01000000000003e8', 1008],
    ['one byte that means unknown', 'ff', null],
    ['eight bytes that mean unknown', '01ffffffffffffff', null],
  ])('with a length of %s', async (_what, length, behind) => {
    const segment = Buffer.concat([Buffer.from('18538067', 'hex'), Buffer.from(length, 'hex'), Buffer.alloc(20)])
    expect(await declared(HEADER, segment)).toBe(behind === null ? null : HEADER.length + 4 + behind)
  })
})

it('the size of a file of a few bytes is unknown', async () => {
  expect(await declared(Buffer.from('RIFF1234'))).toBeNull()
  expect(await declared(Buffer.alloc(0))).toBeNull()
})
