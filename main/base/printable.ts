/**
 * Characters that a terminal obeys or that change how the rest of a line reads: control characters (C0, DEL, C1), marks
 * of writing direction, zero-width characters, line separators, invisible tags, lone surrogates.
 */
const UNPRINTABLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\ud800-\udfff]/gu

/** Line breaks and tabs are part of a text of several lines. */
const LAYOUT = /[\n\t]/
/** What Persian, Indic scripts and emoji are written with. */
const JOINERS = /[\u200c\u200d\u{e0020}-\u{e007f}]/u
/** Marks that only hint at a direction; where each text is isolated they are not needed. */
const HINTS = /[\u061c\u200e\u200f]/
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * A name or message for one line of a terminal: what a terminal would obey, and what would hide or turn round a part of
 * the text, is shown as an escape (`\x1b`, `\n`, `\u202e`). All else is unchanged.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escape)
}

/** The same for a text that has lines of its own, such as how a command is called. */
export function printableLines(text: string): string {
  return text.replace(UNPRINTABLE, (character) => (LAYOUT.test(character) ? character : escape(character)))
}

/** A name or text for a page or window: as `printableLines`, but with the joiners and without the hints. */
export function displayable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    if (LAYOUT.test(character) || JOINERS.test(character)) return character
    return HINTS.test(character) ? '' : escape(character)
  })
}

/** The same JSON value in a text that is safe to print: what JSON lets through unescaped is escaped as JSON does it. */
export function printableJson(json: string): string {
  return json.replace(UNPRINTABLE, (character) =>
    character === '\n'
      ? character
      : Array.from({ length: character.length }, (_, at) => `\\u${hex(character.charCodeAt(at), 4)}`).join(''),
  )
}

function escape(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code > 0xffff) return `\\u{${code.toString(16)}}`
  return SHORT[character] ?? (code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`)
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0')
}
