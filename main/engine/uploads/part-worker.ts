import { createHash } from 'node:crypto'
import { EngineError } from '../../contract/errors.ts'
import { errno, explainWriteFailure } from '../../platform/files/index.ts'
import { serveWorker, type ServedCall } from '../../platform/processes/index.ts'
import { PartFile, readRange, readInTurns, type PartDigest } from './part-file.ts'
import type { FileDigest, PartAnswer, PartCopy, PartRequest } from './part-messages.ts'

/** Entry of the threads that write and hash parts: neither belongs on the thread that serves the window. */
const writings = new Map<number, PartFile>()

serveWorker<PartRequest, PartAnswer>(async (request, call) => {
  try {
    return await answer(request, call)
  } catch (error) {
    // Made readable here: an error's system code does not cross a thread.
    throw explainWriteFailure(error, 'the library folder')
  }
})

async function answer(request: PartRequest, call: ServedCall<never>): Promise<PartAnswer> {
  switch (request.do) {
    case 'begin':
      writings.set(request.writing, new PartFile(request.place.file, request.place.offset, request.place.sizeBytes))
      return null
    case 'append':
      writingOf(request.writing).append(request.bytes)
      return null
    case 'finish': {
      const digest = writingOf(request.writing).finish()
      writings.delete(request.writing)
      return digest
    }
    case 'drop':
      writings.get(request.writing)?.close()
      writings.delete(request.writing)
      return null
    case 'copy':
      return copy(request.copy)
    case 'hash':
      return await hash(request.file, request.sizeBytes, call)
  }
}

function writingOf(writing: number): PartFile {
  const file = writings.get(writing)
  if (!file) throw new EngineError('internal', 'This chunk is not being received.')
  return file
}

function copy({ source, file, offset, sizeBytes }: PartCopy): PartDigest {
  const part = new PartFile(file, offset, sizeBytes)
  try {
    readSource(source, offset, sizeBytes, (bytes) => part.append(bytes))
    return part.finish()
  } catch (error) {
    part.close()
    throw error
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
    const message = `${source} cannot be read any more. Put the card or cable back; it goes on by itself.`
    throw new EngineError('source_missing', message, null, { cause: error })
  }
}

async function hash(file: string, sizeBytes: number, { signal }: ServedCall<never>): Promise<FileDigest> {
  const sha256 = createHash('sha256')
  let done = 0
  for await (const bytes of readInTurns(file, sizeBytes)) {
    signal.throwIfAborted()
    sha256.update(bytes)
    done += bytes.length
  }
  return { sha256: sha256.digest('hex'), sizeBytes: done }
}
