import type { FastifyInstance } from 'fastify'
import { Refused } from './errors.ts'

/** No body of ours nests deeper; what walks a value by recursion would end with the stack. */
const DEEPEST = 64

/**
 * JSON is the only body that is parsed: what else a browser form could send across sites is a 415. Values that reach
 * for prototypes are refused, and so is what is nested beyond all reason.
 */
export function parseJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text: string, done) => {
    // Many clients name the type of a body that they do not send; a route that needs one says what is missing.
    if (text === '') done(null, undefined)
    else if (isDeeper(text, DEEPEST))
      done(new Refused(400, `JSON may be nested ${DEEPEST} levels deep, and no deeper.`))
    else void parse(request, text, done)
  })
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

/** The quote that ends a string, or the end of the text. */
function endOfString(json: string, start: number): number {
  let at = start + 1
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at
}
