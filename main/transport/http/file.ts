import { open } from 'node:fs/promises'
import { EngineError, type StoredFile } from '../../contract/index.ts'
import { parseByteRange, type ByteRange } from '../../base/byte-range.ts'
import type { Exchange } from './route.ts'

/** What a caller may ask of a file beside its name (RFC 9110, 13 and 14). */
export type FileRequest = Readonly<
  Partial<Record<'range' | 'if-range' | 'if-none-match' | 'if-modified-since', string | undefined>>
>

export type FileAnswer =
  | { readonly status: 200 }
  | { readonly status: 206; readonly range: ByteRange }
  | { readonly status: 304 }
  | { readonly status: 416 }

/** Decides how to answer; reads nothing. RFC 9110, 13.2.2: preconditions come before Range. */
export function answerFile(
  request: FileRequest,
  file: Pick<StoredFile, 'etag' | 'modifiedAt' | 'sizeBytes'>,
): FileAnswer {
  if (isUnchanged(request, file)) return { status: 304 }
  if (!rangeStillApplies(request['if-range'], file)) return { status: 200 }
  const range = parseByteRange(request.range, file.sizeBytes)
  if (range === 'whole') return { status: 200 }
  return range === 'unsatisfiable' ? { status: 416 } : { status: 206, range }
}

/**
 * Streams a file of ours, or the part of it that was asked for. HEAD gets the same headers and no byte.
 * @param cacheControl how long others may keep it.
 * @throws EngineError `source_missing` when the file is gone from disk.
 */
export async function sendFile({ request, reply }: Exchange, file: StoredFile, cacheControl: string): Promise<unknown> {
  const answer = answerFile(request.headers, file)
  reply.code(answer.status).headers({
    'Accept-Ranges': 'bytes',
    'Cache-Control': cacheControl,
    ETag: file.etag,
    'Last-Modified': new Date(file.modifiedAt).toUTCString(),
  })
  if (answer.status === 304) return reply.send()
  if (answer.status === 416) return reply.header('Content-Range', `bytes */${file.sizeBytes}`).send()
  const { start, end } = answer.status === 206 ? answer.range : { start: 0, end: file.sizeBytes - 1 }
  if (answer.status === 206) reply.header('Content-Range', `bytes ${start}-${end}/${file.sizeBytes}`)
  reply.headers({ 'Content-Length': end - start + 1, 'Content-Disposition': disposition(file.filename) })
  reply.type(file.contentType)
  if (request.method === 'HEAD' || file.sizeBytes === 0) return reply.send()
  return reply.send(await openFile(file.path, start, end))
}

async function openFile(path: string, start: number, end: number) {
  try {
    return (await open(path)).createReadStream({ start, end })
  } catch (error) {
    throw new EngineError('source_missing', 'The file is gone from the data folder.', null, { cause: error })
  }
}

/** RFC 9110, 13.1.3: If-Modified-Since is ignored beside If-None-Match. */
function isUnchanged(request: FileRequest, file: Pick<StoredFile, 'etag' | 'modifiedAt'>): boolean {
  const tags = request['if-none-match']
  if (tags !== undefined) return tags.trim() === '*' || tags.split(',').some((tag) => opaque(tag) === opaque(file.etag))
  const since = Date.parse(request['if-modified-since'] ?? '')
  return wholeSeconds(file.modifiedAt) <= since
}

/** If-Range asks for the strong comparison: a weak tag never matches, and a date must be exactly ours. */
function rangeStillApplies(ifRange: string | undefined, file: Pick<StoredFile, 'etag' | 'modifiedAt'>): boolean {
  if (ifRange === undefined || ifRange === file.etag) return true
  return !ifRange.includes('"') && Date.parse(ifRange) === wholeSeconds(file.modifiedAt)
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, '')
}

/** HTTP dates hold no fraction of a second. */
function wholeSeconds(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000) * 1000
}

/** `filename` for everybody, `filename*` beside it when a name needs more than ASCII (RFC 6266). */
function disposition(filename: string): string {
  const ascii = filename.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const extended = encodeURIComponent(filename).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
  return ascii === filename
    ? `inline; filename="${ascii}"`
    : `inline; filename="${ascii}"; filename*=UTF-8''${extended}`
}
