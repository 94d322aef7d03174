import { z } from 'zod'
import { Done, Nothing, operation } from '../operation.ts'

export const rotateSecrets = operation('secrets.rotate', {
  summary:
    'Make new secrets: every link that was signed before stops working. Videos, keys and albums stay as they are.',
  scope: 'admin',
  input: Nothing,
  output: Done,
  audit: { target: () => null },
})

export const revokeLink = operation('links.revoke', {
  summary: 'Make a signed link stop working before its time; the other links go on.',
  scope: 'admin',
  input: z.object({ url: z.string().min(1).max(8192).describe('The link, whole or from its path on.') }),
  output: Done,
  // What is no link of ours may be anything, a key too: it is not written down.
  audit: { target: ({ url }, output) => (output ? pathOf(url) : null) },
})

/** A part of a path that is longer than any id. */
const TOKEN = /[^/]{41,}/g

/** Of a link only its path, without tokens: the rest lets in whoever has it. */
function pathOf(url: string): string | null {
  return URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost').pathname.replace(TOKEN, '…') : null
}
