import type { StreamTarget } from '../../../contract/index.ts'

/** Of a text that was read, so that a page of it does not hide the picture. */
const MOST_LETTERS = 48

/** `person #3 91% “EXIT”`, as a script may hold it. */
export function labelOf({ class: name, track_id: id, confidence, text }: StreamTarget): string {
  const read = plain(text?.map((line) => line.text).join(' ') ?? '')
  const parts = [
    plain(name),
    id !== undefined && `#${id}`,
    `${Math.round(confidence * 100)}%`,
    read && `“${cut(read)}”`,
  ]
  return literal(parts.filter(Boolean).join(' '))
}

function cut(text: string): string {
  const letters = Array.from(text)
  return letters.length <= MOST_LETTERS ? text : `${letters.slice(0, MOST_LETTERS - 1).join('')}…`
}

/** On one line, without what steers a terminal or the way text runs. */
function plain(text: string): string {
  return text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()
}

/**
 * What a film shows is a stranger's to write. In a script `{…}` holds commands, and a backslash begins one or a line:
 * braces have an escape, a backslash has none, and means nothing before a character that takes no room.
 */
function literal(text: string): string {
  return text.replaceAll('\\', '\\\u2060').replace(/[{}]/g, '\\$&')
}
