import type { StreamTarget } from '../../../contract/index.ts'

/** Of the text of a target: a whole page would hide the frame. */
const MOST_CHARACTERS = 48

/** `person #3 91% “EXIT”`, escaped for a script. */
export function labelOf({ class: name, track_id: id, confidence, text }: StreamTarget): string {
  const read = plain(text?.map((line) => line.text).join(' ') ?? '')
  const parts = [
    plain(name),
    id !== undefined && `#${id}`,
    `${Math.round(confidence * 100)}%`,
    read && `“${shortened(read)}”`,
  ]
  return literal(parts.filter(Boolean).join(' '))
}

function shortened(text: string): string {
  const characters = Array.from(text)
  return characters.length <= MOST_CHARACTERS ? text : `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…`
}

/** On one line, without control and formatting characters. */
function plain(text: string): string {
  return text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()
}

/**
 * Text in a video is untrusted. In a script `{…}` contains commands, and a backslash begins a command or a new line. Braces
 * have an escape; a backslash has none, but has no effect before a zero-width character.
 */
function literal(text: string): string {
  return text.replaceAll('\\', '\\\u2060').replace(/[{}]/g, '\\$&')
}
