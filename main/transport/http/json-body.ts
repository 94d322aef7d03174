import type { FastifyInstance, FastifyRequest } from 'fastify'
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
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text: string, done) =>
    parse(request, prepare(text), done),
  )
}

type Parse = (request: FastifyRequest, text: string, done: (error: Error | null, body?: unknown) => void) => void

/** Parses the text of a body, within our limits. */
export function parserOf(scope: FastifyInstance): Parse {
  const parse = scope.getDefaultJsonParser('error', 'error')
  return (request, text, done) => {
    // Many clients name the type of a body that they do not send; a route that needs one says what is missing.
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
