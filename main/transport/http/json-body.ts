import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { assertPlainUtf8, textOf } from './body-text.ts'
import { HttpError } from './errors.ts'

/** No body of ours nests deeper; what walks a value by recursion would end with the stack. */
export const DEEPEST = 64

/**
 * JSON is the only body that is parsed: what else a browser form could send across sites is a 415. Values that reach
 * for prototypes are refused, and so is what is nested beyond all reason.
 */
export function parseJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  parseJson(app, (text) => text)
  app.addHook('onRequest', async ({ headers }) => {
    // What is no media type at all would be refused before anybody asks whether there is a body.
    if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0) {
      delete headers['content-type']
    }
  })
  app.addContentTypeParser('*', (request, payload, done) => {
    const refuse = (): void => done(notJson(request), undefined)
    if (Number(request.headers['content-length'] ?? 0) > 0) refuse()
    else
      isEmpty(payload).then(
        (nothing) => (nothing ? done(null, undefined) : refuse()),
        (error: unknown) => done(error as Error),
      )
  })
}

/**
 * The same for a part of the server where NaN is 422 (LI-11, LI-52): a number that is none is a value that does not count, where JSON
 * has no word for it.
 */
export function parseNonNumbers(scope: FastifyInstance): void {
  scope.removeContentTypeParser('application/json')
  parseJson(scope, spellNonNumbers)
}

function parseJson(app: FastifyInstance, prepare: (text: string) => string): void {
  const parse = parserOf(app)
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    const read = (): string => {
      if (body.length > 0) assertPlainUtf8(request.headers)
      return prepare(textOf(body))
    }
    attempt(read, (text) => parse(request, text, done), done)
  })
}

function attempt<T>(work: () => T, onDone: (value: T) => void, onFailed: (error: Error) => void): void {
  let value: T
  try {
    value = work()
  } catch (error) {
    onFailed(error as Error)
    return
  }
  onDone(value)
}

/** Many clients name a type of a body that they do not send. What comes after the first byte is left unread. */
async function isEmpty(payload: Readable): Promise<boolean> {
  for await (const piece of payload.iterator({ destroyOnReturn: false })) if ((piece as Buffer).length > 0) return false
  return true
}

function notJson({ headers }: FastifyRequest): HttpError {
  const type = headers['content-type']
  return new HttpError(415, `The body must be JSON (application/json)${type === undefined ? '' : `, not ${type}`}.`)
}

type Parse = (request: FastifyRequest, text: string, done: (error: Error | null, body?: unknown) => void) => void

/** Parses the text of a body, within our limits. */
export function parserOf(scope: FastifyInstance): Parse {
  const parse = scope.getDefaultJsonParser('error', 'error')
  return (request, text, done) => {
    // A route that needs a body says what is missing.
    if (text === '') done(null, undefined)
    else if (isDeeper(text, DEEPEST)) done(new HttpError(400, `JSON may be nested at most ${DEEPEST} levels deep.`))
    else void parse(request, text, done)
  }
}

/** Whether brackets open inside each other more than `limit` times; those in strings do not count. */
export function isDeeper(json: string, limit: number): boolean {
  let depth = 0
  for (let at = 0; at < json.length; at++) {
    const letter = json[at]
    if (letter === '"') at = endOfString(json, at)
    else if (letter === '{' || letter === '[') depth += 1
    else if (letter === '}' || letter === ']') depth -= 1
    if (depth > limit) return true
  }
  return false
}

/** Spells what Python writes for a number that is none as a number that no schema takes; strings stay as they are. */
export function spellNonNumbers(json: string): string {
  if (!/NaN|Infinity/.test(json)) return json
  return json.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (found) => (found.startsWith('"') ? found : '1e999'))
}

/** The quote that ends a string, or the end of the text. */
function endOfString(json: string, start: number): number {
  let at = start + 1
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at
}
