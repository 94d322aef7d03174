import type { z } from 'zod'
import type { ErrorCode, Operation, StoredFile } from '../../contract/index.ts'
import { sendFile } from './file.ts'
import { readRequest, type RequestShape, type Route } from './route.ts'

interface FileRoute<I extends z.ZodType, R extends RequestShape> {
  readonly id: string
  readonly path: string
  readonly operation: Operation<I, typeof StoredFile>
  readonly request: R
  readonly summary?: string
  /** What the bytes are, for the published description; the answer names the file's own type. */
  readonly contentType: string
  readonly cacheControl: string
  /** What can go wrong beside a file that is gone. */
  readonly failures?: readonly ErrorCode[]
  /** Who may ask, in words, where that is not whoever has a key or a signed URL. */
  readonly access?: string
  toInput(request: z.output<z.ZodObject<R>>): z.input<I>
  /** The name a download suggests, when it is not the file's own. */
  filename?(request: z.output<z.ZodObject<R>>): string
}

/** A GET (and HEAD) route that answers with the bytes of a stored file. */
export function fileRoute<I extends z.ZodType, R extends RequestShape>(definition: FileRoute<I, R>): Route {
  const { id, path, operation, request, contentType, cacheControl, access, failures = [] } = definition
  return {
    ...{ method: 'GET', id, path, operation, request, body: 'none' },
    failures: ['source_missing', ...failures],
    ...(access === undefined ? { signed: 'query' as const } : { access }),
    ...(definition.summary === undefined ? {} : { summary: definition.summary }),
    success: { status: 200, contentType, schema: null },
    async serve(exchange) {
      const read = readRequest(request, exchange.request)
      const file = await exchange.run(operation, definition.toInput(read))
      const filename = definition.filename?.(read) ?? file.filename
      return sendFile(exchange, { ...file, filename }, cacheControl)
    },
  }
}
