import { createHash } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { EngineError } from '../../contract/errors.ts'
import { bytesOf, explainWriteFailure } from '../../platform/files/index.ts'
import { serveWorker, type ServedCall } from '../../platform/processes/index.ts'
import { FileCopying } from './file-copy.ts'
import { kindOfChecksum, startChecksum } from './part-checksum.ts'
import { PartFile, readInTurns } from './part-file.ts'
import { blockAt } from './part-blocks.ts'
import type { FileDigest, PartAnswer, PartProgress, PartRequest, PartWorkerData } from './part-messages.ts'

/** Progress is told after so many bytes: each time costs the main thread a message. */
const REPORT_BYTES = 16 * 1024 * 1024

type Call = ServedCall<PartProgress>

/** Entry of the threads that write and hash parts: neither belongs on the thread that serves the window. */
const writings = new Map<number, PartFile>()
const { memory } = workerData as PartWorkerData

serveWorker<PartRequest, PartAnswer, PartProgress>(async (request, call) => {
  try {
    return await answer(request, call)
  } catch (error) {
    // Made readable here: an error's system code does not cross a thread.
    throw explainWriteFailure(error, 'the library folder')
  }
})

async function answer(request: PartRequest, call: Call): Promise<PartAnswer> {
  switch (request.do) {
    case 'begin':
      writings.set(request.writing, new PartFile(request.place))
      return null
    case 'append':
      writingOf(request.writing).append(blockOf(request))
      return null
    case 'finish': {
      const digest = await writingOf(request.writing).finish()
      writings.delete(request.writing)
      return digest
    }
    case 'drop':
      writings.get(request.writing)?.close()
      writings.delete(request.writing)
      return null
    case 'copy':
      return await new FileCopying(request.copy, call).run()
    case 'hash':
      return await hash(request, call)
    case 'verify':
      return await verify(request, call)
  }
}

function blockOf({ block, sizeBytes }: Extract<PartRequest, { do: 'append' }>): Uint8Array {
  if (!memory) throw new EngineError('internal', 'This thread receives no chunks.')
  return blockAt(memory, block).subarray(0, sizeBytes)
}

function writingOf(writing: number): PartFile {
  const file = writings.get(writing)
  if (!file) throw new EngineError('internal', 'This chunk is not being received.')
  return file
}

/** The sha-256 of a whole file. */
async function hash(
  { file, sizeBytes }: Extract<PartRequest, { do: 'hash' }>,
  { signal, onProgress }: Call,
): Promise<FileDigest> {
  const sha256 = createHash('sha256')
  const descriptor = openSync(bytesOf(file), 'r')
  let [done, reported] = [0, 0]
  try {
    for await (const bytes of readInTurns(descriptor, 0, sizeBytes)) {
      signal.throwIfAborted()
      sha256.update(bytes)
      done += bytes.length
      if (reported > 0 && done - reported < REPORT_BYTES && done < sizeBytes) continue
      onProgress((reported = done))
    }
  } finally {
    closeSync(descriptor)
  }
  return { sha256: sha256.digest('hex'), sizeBytes: done }
}

/** Reads every part again; a file that ends early damages all parts behind its end. */
async function verify(
  { file, parts }: Extract<PartRequest, { do: 'verify' }>,
  { signal, onProgress }: Call,
): Promise<number[]> {
  const damaged: number[] = []
  const descriptor = openSync(file, 'r')
  let done = 0
  try {
    for (const { partNumber, offset, sizeBytes, checksum } of parts) {
      const found = startChecksum(kindOfChecksum(checksum))
      for await (const bytes of readInTurns(descriptor, offset, sizeBytes)) {
        signal.throwIfAborted()
        found.update(bytes)
      }
      if (found.digest() !== checksum) damaged.push(partNumber)
      onProgress((done += sizeBytes))
    }
  } finally {
    closeSync(descriptor)
  }
  return damaged
}
