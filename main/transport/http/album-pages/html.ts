import { displayable } from '../../../base/printable.ts'

/** Markup that is safe to send: all text in it was escaped. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Part = Html | string | number | null | readonly Html[]

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Writes markup. What is put into it is text, also within quoted attributes, unless it is markup itself; what would turn
 * round or hide a part of the page is shown as an escape.
 */
export function html(markup: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    markup.map((piece, index) => (index === 0 ? piece : textOf(parts[index - 1] ?? null) + piece)).join(''),
  )
}

function textOf(part: Part): string {
  if (part === null) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'object') return part.map(({ text }) => text).join('')
  return displayable(String(part)).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
}
