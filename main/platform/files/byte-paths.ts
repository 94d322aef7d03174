import path from 'node:path'

/**
 * A path as text. Linux lets a name be any bytes: one that is no UTF-8 is written as a `file:` URL, whose percent signs keep
 * every byte. No other absolute path begins like that. `path.dirname` and `path.basename` cut it at the same places.
 */
const SCHEME = 'file://'
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The place of an entry within a folder. @param name as `readdir` gives it with the encoding `buffer`. */
export function joinBytes(folder: string, name: Buffer): string {
  const text = textOf(name)
  if (!isBytes(folder) && text !== null) return path.join(folder, text)
  const start = isBytes(folder) ? folder : SCHEME + encoded(Buffer.from(folder))
  return `${start}/${encoded(name)}`
}

/** What the file system is asked with. */
export function bytesOf(place: string): string | Buffer {
  if (!isBytes(place)) return place
  const escaped = place.slice(SCHEME.length)
  return Buffer.from(
    escaped.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  )
}

/** For a person to read: what is no text is shown as �. */
export function readablePath(place: string): string {
  const bytes = bytesOf(place)
  return typeof bytes === 'string' ? bytes : bytes.toString('utf8')
}

/** Whether a program can be given this path: its arguments are text. */
export function isText(place: string): boolean {
  return !isBytes(place)
}

function isBytes(place: string): boolean {
  return place.startsWith(SCHEME)
}

function textOf(bytes: Buffer): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

function encoded(bytes: Buffer): string {
  const plain = bytes.toString('latin1')
  return plain.replace(
    /[^A-Za-z0-9/._~-]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}
