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
import type { Engine } from '../compose.ts'
import { ANNOTATED } from './schemes.ts'

interface Source {
  readonly pattern: RegExp
  /** @param parts what the pattern found, beginning with the id. */
  open(engine: Engine, id: string, signal: AbortSignal, url: URL, parts: readonly string[]): Promise<StoredFile>
}

const derived = (which: 'poster' | 'sprite' | 'preview'): Source => ({
  pattern: new RegExp(`^/api/v2/videos/([0-9a-f-]{36})/${which}$`),
  open: (engine, videoId, signal) => engine.operations.run(openDerived, { videoId, which }, call(engine, signal)),
})

/** The same paths as over HTTP, so that one URL in an answer serves both. */
const SOURCES: readonly Source[] = [
  {
    pattern: /^\/api\/v2\/videos\/([0-9a-f-]{36})\/file$/,
    open: (engine, videoId, signal) => engine.operations.run(openVideo, { videoId }, call(engine, signal)),
  },
  derived('poster'),
  derived('sprite'),
  derived('preview'),
  {
    pattern: /^\/api\/v2\/video-scenes\/([0-9a-f-]{36})\/thumbnail$/,
    open: (engine, sceneId, signal) => engine.operations.run(openSceneThumbnail, { sceneId }, call(engine, signal)),
  },
  {
    pattern: /^\/api\/v1\/albums\/([0-9a-f-]{36})\/items\/([0-9a-f-]{36})\/(media|thumbnail)$/,
    open: (engine, albumId, signal, _url, [itemId = '', which]) => {
      const asked = { albumId, itemId, which: which === 'media' ? ('media' as const) : ('thumbnail' as const) }
      return engine.operations.run(openAlbumItem, asked, call(engine, signal))
    },
  },
  {
    pattern: /^\/v1\/video\/tasks\/(vt_\w{26})\/video$/,
    open: (engine, taskId, signal) => engine.operations.run(openTaskVideo, { taskId }, call(engine, signal)),
  },
  {
    pattern: ANNOTATED,
    open: (engine, taskId, signal) => engine.operations.run(openAnnotated, { taskId }, call(engine, signal)),
  },
  {
    pattern: /^\/v1\/video\/tasks\/(vt_\w{26})\/frames\/(\d{1,9})$/,
    open: (engine, taskId, signal, { searchParams }, [frame]) => {
      const roi = roiOf(searchParams.get('roi'))
      return engine.operations.run(openTaskPicture, { taskId, frame: Number(frame), roi }, call(engine, signal))
    },
  },
]

/** `left,top,width,height`; all of the frame without it. */
function roiOf(text: string | null) {
  if (text === null) return undefined
  const [left, top, width, height] = text.split(',').map(Number)
  return { left, top, width, height }
}

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

async function open(engine: Engine, request: Request): Promise<StoredFile | null> {
  const url = new URL(request.url)
  for (const source of SOURCES) {
    const [, id, ...parts] = source.pattern.exec(url.pathname) ?? []
    if (id !== undefined) return await source.open(engine, id, request.signal, url, parts)
  }
  return null
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

function call(engine: Engine, signal: AbortSignal) {
  return { signal, caller: engine.owner('window') }
}
