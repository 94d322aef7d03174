import type { ApiKey } from '../../../main/contract/index.ts'

export type Scope = ApiKey['scopes'][number]

/** What a key may do, the weakest first. */
export const SCOPES: ReadonlyArray<{ value: Scope; name: string; hint: string }> = [
  { value: 'read', name: 'Read', hint: 'See and download videos and scenes' },
  { value: 'write', name: 'Write', hint: 'Upload, change and delete' },
  { value: 'admin', name: 'Admin', hint: 'Create and revoke keys' },
]

/** `Read, write`: scopes in their usual order, as one phrase. */
export function scopesText(scopes: readonly Scope[]): string {
  const names = SCOPES.filter(({ value }) => scopes.includes(value)).map(({ name }) => name.toLowerCase())
  const text = names.join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function isExpired({ expiresAt }: Pick<ApiKey, 'expiresAt'>, now = Date.now()): boolean {
  return expiresAt !== null && Date.parse(expiresAt) <= now
}

/** The instant a key ends that is good for so many days; null for one without an end. */
export function expiryAfter(days: number | null, now = Date.now()): string | null {
  return days === null ? null : new Date(now + days * 86_400_000).toISOString()
}
