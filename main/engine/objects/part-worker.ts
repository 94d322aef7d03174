import { createHash } from 'node:crypto'
import { EngineError } from '../../contract/errors.ts'
import { errno, explainWriteFailure } from '../../platform/files/index.ts'
import { serveWorker, type ServedCall } from '../../platform/processes/index.ts'
import { PartFile, readInTurns, readRange, type PartDigest } from './part-file.ts'
import type { FileDigest, FileRange, PartAnswer, PartCopy, PartProgress, PartRequest } from './part-messages.ts'

type Call = ServedCall<PartProgress>

/** Entry of the threads that write and hash parts: neither belongs on the thread that serves the window. */
const writings = new Map<number, PartFile>()
const hashings = new Map<number, { sha256: ReturnType<typeof createHash>; sizeBytes: number }>()

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
      writingOf(request.writing).append(request.bytes)
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
      return await copy(request.copy)
    case 'hash-on':
      await hashOn(request.hashing, request.range, call)
      return null
    case 'hash-end':
      return hashEnd(request.hashing)
    case 'hash-drop':
      hashings.delete(request.hashing)
      return null
    case 'verify':
      return await verify(request, call)
  }
}

function writingOf(writing: number): PartFile {
  const file = writings.get(writing)
  if (!file) throw new EngineError('internal', 'This chunk is not being received.')
  return file
}

async function copy({ source, ...place }: PartCopy): Promise<PartDigest> {
  const part = new PartFile(place)
  try {
    readSource(source, place.offset, place.sizeBytes, (bytes) => part.append(bytes))
    return await part.finish()
  } finally {
    part.close()
  }
}

function readSource(source: string, offset: number, sizeBytes: number, take: (bytes: Uint8Array) => void): void {
  let taking = false
  const pass = (bytes: Uint8Array): void => {
    taking = true
    take(bytes)
    taking = false
  }
  try {
    readRange(source, offset, sizeBytes, pass)
  } catch (error) {
    if (taking || errno(error) === null) throw error
    // The camera card's side failed, not the library's.
    const message = `${source} can no longer be read. Reconnect the card or cable; the import then continues by itself.`
    throw new EngineError('source_missing', message, null, { cause: error })
  }
}

/** Goes on with the sha-256 of a file; its ranges have to come in order, from the first byte. */
async function hashOn(
  hashing: number,
  { file, offset, sizeBytes }: FileRange,
  { signal, onProgress }: Call,
): Promise<void> {
  if (offset === 0) hashings.set(hashing, { sha256: createHash('sha256'), sizeBytes: 0 })
  const known = hashings.get(hashing)
  if (known?.sizeBytes !== offset) throw new EngineError('internal', 'This file is not being hashed from there.')
  for await (const bytes of readInTurns(file, offset, sizeBytes)) {
    signal.throwIfAborted()
    known.sha256.update(bytes)
    known.sizeBytes += bytes.length
    onProgress(known.sizeBytes)
  }
}

function hashEnd(hashing: number): FileDigest {
  const known = hashings.get(hashing)
  if (!known) throw new EngineError('internal', 'This file is not being hashed.')
  hashings.delete(hashing)
  return { sha256: known.sha256.digest('hex'), sizeBytes: known.sizeBytes }
}

/** Reads every part again; a file that ends early damages all parts behind its end. */
async function verify(
  { file, parts }: Extract<PartRequest, { do: 'verify' }>,
  { signal, onProgress }: Call,
): Promise<number[]> {
  const damaged: number[] = []
  let done = 0
  for (const { partNumber, offset, sizeBytes, md5 } of parts) {
    signal.throwIfAborted()
    const found = createHash('md5')
    readRange(file, offset, sizeBytes, (bytes) => found.update(bytes))
    if (found.digest('hex') !== md5) damaged.push(partNumber)
    onProgress((done += sizeBytes))
    // Lets a cancellation through between two parts.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return damaged
}
