/** Control characters, line breaks, and marks that turn the direction of the text around them. */
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** A name from outside, fit to stand in a sentence of ours: what cannot be seen in it is written out, as `\u202e`. */
export function plain(name: string): string {
  return name.replace(HIDDEN, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
