import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { parseByteRange } from '../base/byte-range.ts'
import {
  asEngineError,
  openAnnotated,
  openAlbumItem,
  openDerived,
  openSceneThumbnail,
  openTaskPicture,
  openTaskVideo,
  openVideo,
  type StoredFile,
} from '../contract/index.ts'
import { parseMediaPath } from '../contract/media-urls.ts'
import type { Engine } from '../compose.ts'

/** Answers a request of the media scheme, with byte ranges: a player needs them to seek. */
export async function answerMedia(engine: Engine, request: Request): Promise<Response> {
  try {
    const file = await open(engine, request)
    return file ? answer(file, request) : new Response(null, { status: 404 })
  } catch (error) {
    const { code, message } = asEngineError(error)
    return new Response(message, { status: code === 'not_found' ? 404 : 500 })
  }
}

/** The same paths as over HTTP, so that one URL in an answer serves both. */
async function open({ operations, owner }: Engine, request: Request): Promise<StoredFile | null> {
  const url = new URL(request.url)
  const target = parseMediaPath(url.pathname, url.searchParams)
  const call = { signal: request.signal, caller: owner('window') }
  switch (target?.is) {
    case undefined:
      return null
    case 'file':
      return await operations.run(openVideo, target.of, call)
    case 'derived':
      return await operations.run(openDerived, target.of, call)
    case 'sceneThumbnail':
      return await operations.run(openSceneThumbnail, target.of, call)
    case 'item':
      return await operations.run(openAlbumItem, target.of, call)
    case 'taskVideo':
      return await operations.run(openTaskVideo, target.of, call)
    case 'annotated':
      return await operations.run(openAnnotated, target.of, call)
    case 'taskPicture':
      return await operations.run(openTaskPicture, target.of, call)
  }
}

function answer(file: StoredFile, request: Request): Response {
  const range = parseByteRange(request.headers.get('range') ?? undefined, file.sizeBytes)
  const headers = {
    'Content-Type': file.contentType,
    'Accept-Ranges': 'bytes',
    ETag: file.etag,
    // The ids in these URLs change when what they show does.
    'Cache-Control': 'private, max-age=86400',
    'X-Content-Type-Options': 'nosniff',
    // The name that saving it suggests.
    'Content-Disposition': `inline; filename*=UTF-8''${encodeURIComponent(file.filename).replaceAll("'", '%27')}`,
  }
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...headers, 'Content-Range': `bytes */${file.sizeBytes}` } })
  }
  // No stream can be opened on no bytes.
  if (file.sizeBytes === 0) return new Response(null, { status: 200, headers: { ...headers, 'Content-Length': '0' } })
  const part = range === 'whole' ? { start: 0, end: file.sizeBytes - 1 } : range
  const stream = createReadStream(file.path, part)
  request.signal.addEventListener('abort', () => stream.destroy(), { once: true })
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
    status: range === 'whole' ? 200 : 206,
    headers: {
      ...headers,
      'Content-Length': String(part.end - part.start + 1),
      ...(range !== 'whole' && { 'Content-Range': `bytes ${part.start}-${part.end}/${file.sizeBytes}` }),
    },
  })
}
