const ALPHABET = /^[A-Za-z0-9+/_-]*$/
/** "data:video/mp4;base64,": what comes before the comma is not part of the bytes. */
const DATA_URI = /^data:[^,]{0,200};base64,/i
/** Long enough for the start of a data URI. */
const START_CHARACTERS = 256

/** Why a text is no base64, for a person. */
export class NotBase64 extends Error {
  override readonly name = 'NotBase64'
}

/**
 * Decodes base64 that comes in pieces, cut anywhere: both alphabets, with its padding or without, bare or as a data URI.
 * Nothing else is taken, white space neither.
 */
export class Base64Decoder {
  #start: string | null = ''
  /** Characters that are not four yet. */
  #rest = ''
  #padding = 0
  #characters = 0

  /** @returns the bytes that are known by now. @throws NotBase64. */
  update(text: string): Buffer {
    if (this.#start === null) return this.#take(text)
    this.#start += text
    return this.#start.length < START_CHARACTERS ? Buffer.alloc(0) : this.#takeStart(this.#start)
  }

  /** @returns the last bytes. @throws NotBase64 also where nothing was there, or its end is cut off. */
  finish(): Buffer {
    const first = this.#start === null ? Buffer.alloc(0) : this.#takeStart(this.#start)
    const [over, padding] = [this.#characters % 4, this.#padding]
    const isWhole = padding === 0 ? over !== 1 : over + padding === 4
    if (this.#characters === 0 || !isWhole) throw new NotBase64('This is not whole base64.')
    return Buffer.concat([first, Buffer.from(this.#rest, 'base64')])
  }

  #takeStart(start: string): Buffer {
    this.#start = null
    if (!/^data:/i.test(start)) return this.#take(start)
    const head = DATA_URI.exec(start)
    if (!head) throw new NotBase64('A data URI has to be of base64.')
    return this.#take(start.slice(head[0].length))
  }

  #take(text: string): Buffer {
    const equals = text.indexOf('=')
    const body = equals === -1 ? text : text.slice(0, equals)
    if (!ALPHABET.test(body) || (this.#padding > 0 && body !== '')) throw new NotBase64('This is not base64.')
    if (equals !== -1) this.#pad(text.slice(equals))
    this.#characters += body.length
    const all = this.#rest + body
    const usable = all.length - (all.length % 4)
    this.#rest = all.slice(usable)
    return Buffer.from(all.slice(0, usable), 'base64')
  }

  #pad(end: string): void {
    this.#padding += end.length
    if (!/^=*$/.test(end) || this.#padding > 2) throw new NotBase64('This is not base64.')
  }
}
