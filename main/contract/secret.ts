import { z } from 'zod'
import { Done, Nothing, operation } from './operation.ts'

export const rotateSecrets = operation('secrets.rotate', {
  summary:
    'Make new secrets: every link that was signed before stops working. Videos, keys and albums stay as they are.',
  scope: 'admin',
  input: Nothing,
  output: Done,
})

export const revokeLink = operation('links.revoke', {
  summary: 'Make a signed link stop working before its time; the other links go on.',
  scope: 'admin',
  input: z.object({ url: z.string().min(1).max(8192).describe('The link, whole or from its path on.') }),
  output: Done,
})
