import fs from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../../main/compose.ts'
import {
  abortUpload,
  initiateBatch,
  initiateUpload,
  PART_BYTES,
  storePart,
  type UploadPlan,
} from '../../../main/contract/index.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const MIB = 1024 * 1024
/** What the library leaves free whatever is uploaded. */
const RESERVE_BYTES = 256 * MIB

let engine: Engine
let free = 0

/** What a disk of its own would say; the files that uploads are laid out in take no room before bytes come. */
beforeEach(async () => {
  vi.spyOn(fs, 'statfs').mockImplementation(() => {
    const told = { type: 0, bsize: 1, blocks: 10 * free, bfree: free, bavail: free, files: 0, ffree: 0 }
    return Promise.resolve(told)
  })
  free = 1000 * MIB
  engine = await openEngine(path.join(await temporaryFolder(), 'data'))
})
afterEach(() => void vi.restoreAllMocks())

const initiate = (sizeBytes: number) =>
  ask(engine, initiateUpload, { filename: 'film.mp4', contentType: 'video/mp4', sizeBytes })

/** How much room there is beside what has to stay free. */
function makeRoom(bytes: number): void {
  free = RESERVE_BYTES + bytes
}

async function* zeros(bytes: number): AsyncGenerator<Uint8Array> {
  for (let left = bytes; left > 0; left -= MIB) {
    await Promise.resolve()
    yield new Uint8Array(Math.min(left, MIB))
  }
}

function put({ parts }: UploadPlan) {
  const { token, sizeBytes } = parts[0]!
  return ask(engine, storePart, { token, sizeBytes, contentMd5: null, body: zeros(sizeBytes) })
}

const full = (needed: number, available: number) => ({
  code: 'storage_full',
  details: { needed_bytes: needed, available_bytes: available },
})

describe('room for an upload', () => {
  it('is there to the last byte, and not for one more', async () => {
    makeRoom(50 * MIB)
    await expect(initiate(50 * MIB + 1)).rejects.toMatchObject(full(50 * MIB + 1, 50 * MIB))
    await initiate(50 * MIB)
  })

  it('is taken by what running uploads have still to send', async () => {
    makeRoom(100 * MIB)
    await initiate(60 * MIB)
    await expect(initiate(40 * MIB + 1)).rejects.toMatchObject(full(40 * MIB + 1, 40 * MIB))
    await initiate(30 * MIB)
    await expect(initiate(10 * MIB + 1)).rejects.toMatchObject(full(10 * MIB + 1, 10 * MIB))
    await initiate(10 * MIB)
  })

  it('is not taken twice by parts that are on the disk already', async () => {
    makeRoom(100 * MIB)
    await put(await initiate(60 * MIB))
    // The disk itself counts the bytes that came.
    makeRoom(100 * MIB - PART_BYTES)
    await expect(initiate(40 * MIB + 1)).rejects.toMatchObject(full(40 * MIB + 1, 40 * MIB))
    await initiate(40 * MIB)
  })

  it('is given back by an upload that was aborted', async () => {
    makeRoom(100 * MIB)
    const { mediaId, uploadId } = await initiate(60 * MIB)
    await ask(engine, abortUpload, { mediaId, uploadId })
    await initiate(100 * MIB)
  })

  it('is reserved in turns: of two at once that fit alone only one begins', async () => {
    makeRoom(100 * MIB)
    const both = await Promise.allSettled([initiate(60 * MIB), initiate(60 * MIB)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  it('is wanted for all of a batch together, or for none of it', async () => {
    makeRoom(100 * MIB)
    const film = (sizeBytes: number) => ({ filename: 'film.mp4', contentType: 'video/mp4' as const, sizeBytes })
    const batch = (...sizes: number[]) => ask(engine, initiateBatch, { videos: sizes.map(film) })
    await expect(batch(60 * MIB, 40 * MIB + 1)).rejects.toMatchObject(full(100 * MIB + 1, 100 * MIB))
    expect((await batch(60 * MIB, 40 * MIB)).plans).toHaveLength(2)
    await expect(initiate(1)).rejects.toMatchObject(full(1, 0))
  })

  it('is never shown as negative', async () => {
    free = 10
    await expect(initiate(5)).rejects.toMatchObject(full(5, 0))
  })
})
