/** Hands text to the person as a file; where it goes is theirs to say. */
export function saveText(name: string, type: string, parts: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads it after the click was dealt with.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** A title as part of a file name, on every system. */
export function fileNameOf(title: string): string {
  const name = title
    .replace(/[^\p{L}\p{N} ._-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[ .]+$/, '')
  return name.slice(0, 80) || 'task'
}
