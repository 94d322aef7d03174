import { EngineError } from '../../contract/index.ts'
import { ByteBuffer } from './byte-buffer.ts'
import { HttpError } from './errors.ts'
import { DEEPEST } from './json-body.ts'

/** A string of no more bytes stays in the outline. */
const SHORT_BYTES = 4096

export interface OutlineOptions {
  /** Where the long strings are: names of members, and null for any element of an array. */
  readonly path: readonly (string | null)[]
  /** Stands for the n-th of them in the outline; it must not be guessable. */
  readonly placeholder: (index: number) => string
  /** The longest outline. */
  readonly maxBytes: number
}

/** What of a long string came in. */
export type StringPiece = { readonly kind: 'begin' | 'end' } | { readonly kind: 'text'; readonly text: string }

interface Level {
  /** The member that is read; null in an array. */
  key: string | null
  readonly isArray: boolean
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c]

/**
 * Takes the long strings at one place of a JSON text out of it as the text arrives, in pieces cut anywhere. What is left,
 * with a placeholder for each of them, is the outline: JSON if and only if the text was, and short.
 */
export class JsonOutline {
  readonly #options: OutlineOptions
  readonly #outline = new ByteBuffer()
  readonly #levels: Level[] = []
  #state: 'outside' | 'name' | 'string' | 'wanted' | 'long' = 'outside'
  #expectsName = false
  /** Where in the outline the string that is read began, with its quote. */
  #stringStart = 0
  /** An escape that is not whole: a backslash and what followed it. */
  #escape = ''
  /** Of the long string that is read, what was not given yet. */
  #text = ''
  #longStrings = 0

  constructor(options: OutlineOptions) {
    this.#options = options
  }

  /** Bytes that are kept by now. */
  get outlineBytes(): number {
    return this.#outline.length
  }

  /** @throws EngineError `malformed`; Refused with 413 for an outline that is too long. */
  *scan(piece: Buffer): Generator<StringPiece, void> {
    for (let at = 0; at < piece.length;) {
      if (this.#state === 'outside') at = this.#readStructure(piece, at)
      else if (this.#state === 'long') at = yield* this.#readLong(piece, at)
      else at = yield* this.#readShort(piece, at)
    }
    yield* this.#giveText()
  }

  /** The outline of the whole text. @throws EngineError `malformed` when that ended within a long string. */
  finish(): string {
    if (this.#state === 'long') throw malformed('It ends within a string.')
    return this.#outline.from(0).toString('utf8')
  }

  /** Reads up to the next string. @returns where to go on. */
  #readStructure(piece: Buffer, start: number): number {
    const quote = piece.indexOf(QUOTE, start)
    const end = quote === -1 ? piece.length : quote
    for (let at = start; at < end; at += 1) this.#step(piece[at])
    this.#keep(piece.subarray(start, end))
    if (quote === -1) return end
    this.#state = this.#expectsName ? 'name' : this.#isAtPath() ? 'wanted' : 'string'
    this.#stringStart = this.#outline.length
    this.#keep(piece.subarray(quote, quote + 1))
    return quote + 1
  }

  #step(letter: number | undefined): void {
    switch (letter) {
      case 0x7b: // {
      case 0x5b: // [
        if (this.#levels.push({ key: null, isArray: letter === 0x5b }) > DEEPEST) {
          throw new HttpError(400, `JSON may be nested at most ${DEEPEST} levels deep.`)
        }
        this.#expectsName = letter === 0x7b
        return
      case 0x7d: // }
      case 0x5d: // ]
        this.#levels.pop()
        this.#expectsName = false
        return
      case 0x2c: // ,
        this.#expectsName = this.#levels.at(-1)?.isArray === false
        return
      case 0x3a: // :
        this.#expectsName = false
        return
      default: // white space, or a letter of a number or word
    }
  }

  #isAtPath(): boolean {
    const { path } = this.#options
    const isThere = ({ key, isArray }: Level, depth: number): boolean =>
      path[depth] === null ? isArray : !isArray && key === path[depth]
    return this.#levels.length === path.length && this.#levels.every(isThere)
  }

  /** Reads on in a string that stays in the outline, unless it is one that is wanted and grows long. */
  *#readShort(piece: Buffer, start: number): Generator<StringPiece, number> {
    const end = this.#escape === '' ? endOfRun(piece, start) : start
    // No more at once than makes it long: where a text is cut must not decide what becomes of it.
    const fits = this.#state === 'wanted' ? this.#stringStart + SHORT_BYTES + 2 - this.#outline.length : Infinity
    const next = Math.min(piece.length, end + 1, start + fits)
    this.#keep(piece.subarray(start, next))
    const last = next === end + 1 ? piece[end] : undefined
    if (this.#escape !== '') this.#escape = ''
    else if (last === QUOTE) {
      this.#endString()
      return next
    } else if (last === BACKSLASH) this.#escape = '\\'
    if (this.#state === 'wanted' && this.#outline.length - this.#stringStart > SHORT_BYTES + 1) {
      this.#text = this.#takeOut()
      this.#state = 'long'
      yield { kind: 'begin' }
    }
    return next
  }

  #endString(): void {
    const top = this.#levels.at(-1)
    if (this.#state === 'name' && top) top.key = nameOf(this.#outline.from(this.#stringStart))
    this.#state = 'outside'
  }

  /** What the string that is read holds so far; it goes out of the outline. */
  #takeOut(): string {
    const raw = this.#outline.from(this.#stringStart).toString('latin1')
    this.#outline.truncate(this.#stringStart)
    // The letters of an escape may still be on their way.
    const cut = /\\(u[0-9a-f]{0,3})?$/i.exec(raw)
    this.#escape = cut !== null && isEscape(raw, cut.index) ? cut[0] : ''
    const whole = raw.slice(0, raw.length - this.#escape.length)
    try {
      return JSON.parse(`${whole}"`) as string
    } catch {
      throw malformed('A string is not as JSON has it.')
    }
  }

  *#readLong(piece: Buffer, start: number): Generator<StringPiece, number> {
    if (this.#escape !== '') {
      this.#escape += String.fromCharCode(piece[start] ?? 0)
      const decoded = decodeEscape(this.#escape)
      if (decoded !== null) {
        this.#text += decoded
        this.#escape = ''
      }
      return start + 1
    }
    const end = endOfRun(piece, start)
    // What is no ASCII is nothing that a reader of these strings takes; it must only not become something else.
    const run = piece.toString('latin1', start, end)
    // JSON allows no control character within a string.
    if (/[\0-\x1f]/.test(run)) throw malformed('A string holds a control character.')
    this.#text += run
    if (piece[end] === BACKSLASH) this.#escape = '\\'
    else if (piece[end] === QUOTE) yield* this.#endLong()
    return Math.min(piece.length, end + 1)
  }

  *#endLong(): Generator<StringPiece, void> {
    yield* this.#giveText()
    this.#keep(Buffer.from(JSON.stringify(this.#options.placeholder(this.#longStrings))))
    this.#longStrings += 1
    this.#state = 'outside'
    yield { kind: 'end' }
  }

  *#giveText(): Generator<StringPiece, void> {
    const text = this.#text
    this.#text = ''
    if (text !== '') yield { kind: 'text', text }
  }

  #keep(bytes: Uint8Array): void {
    this.#outline.append(bytes)
    if (this.#outline.length > this.#options.maxBytes) throw new HttpError(413, 'Request body is too large')
  }
}

/**
 * Where a run of plain letters ends: at a quote, a backslash, or the end of the piece. Looking for each of the two by
 * itself would walk through the whole piece again at every backslash.
 */
function endOfRun(piece: Buffer, start: number): number {
  let at = start
  while (at < piece.length && piece[at] !== QUOTE && piece[at] !== BACKSLASH) at += 1
  return at
}

/** Whether the backslash there begins an escape, and is not escaped itself. */
function isEscape(raw: string, backslash: number): boolean {
  let before = backslash
  while (before > 0 && raw[before - 1] === '\\') before -= 1
  return (backslash - before) % 2 === 0
}

const SIMPLE: Readonly<Record<string, string>> = {
  ...{ '"': '"', '\\': '\\', '/': '/' },
  ...{ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' },
}

/** null while the escape is not whole. @throws EngineError `malformed`. */
function decodeEscape(escape: string): string | null {
  const simple = SIMPLE[escape.slice(1)]
  if (simple !== undefined) return simple
  if (!/^\\u[0-9a-f]*$/i.test(escape)) throw malformed('A string holds an escape that JSON does not know.')
  return escape.length < 6 ? null : String.fromCharCode(Number.parseInt(escape.slice(2), 16))
}

/** A name that is no JSON makes the outline none, which is found out later. */
function nameOf(raw: Buffer): string | null {
  try {
    return JSON.parse(raw.toString('utf8')) as string
  } catch {
    return null
  }
}

function malformed(why: string): EngineError {
  return new EngineError('malformed', `The body is not JSON. ${why}`)
}
