import { isAscii } from 'node:buffer'
import type { IncomingHttpHeaders } from 'node:http'
import { EngineError } from '../../contract/index.ts'
import { HttpError } from './errors.ts'

/** ID-7. @throws HttpError 415 that names what a body was declared to be, where we read UTF-8 as it is. */
export function assertPlainUtf8(headers: IncomingHttpHeaders): void {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8'
  if (!/^utf-?8$/i.test(charset)) throw new HttpError(415, `The charset ${charset} is not read. Send UTF-8.`)
  const coding = headers['content-encoding']?.trim() ?? ''
  if (!/^(identity)?$/i.test(coding))
    throw new HttpError(415, `The coding ${coding} is not read. Send the body as it is.`)
}

/** The text of a body, without its byte order mark. @throws EngineError `malformed` for bytes that are not UTF-8. */
export function textOf(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch (error) {
    throw notUtf8(error)
  }
}

/** Whether bytes that come in pieces, cut anywhere, are UTF-8. */
export class Utf8Check {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true })
  /** Whether the last piece may have ended within a letter. */
  #mayBeCut = false

  /** @throws EngineError `malformed`. */
  take(piece: Buffer): void {
    const isPlain = isAscii(piece)
    if (!isPlain || this.#mayBeCut) this.#decode(() => this.#decoder.decode(piece, { stream: true }))
    this.#mayBeCut = !isPlain
  }

  /** The last piece has come. @throws EngineError `malformed`. */
  end(): void {
    this.#decode(() => this.#decoder.decode())
  }

  #decode(decode: () => string): void {
    try {
      decode()
    } catch (error) {
      throw notUtf8(error)
    }
  }
}

function notUtf8(cause: unknown): EngineError {
  return new EngineError('malformed', 'The body is not UTF-8.', null, { cause })
}
