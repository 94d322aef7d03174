import { randomBytes } from 'node:crypto'
import type { SigningSecret } from '../../main/platform/settings/index.ts'

/** A signing secret that lives as long as the test. */
export function signingSecret(bytes: Buffer = randomBytes(32)): SigningSecret {
  const revoked = new Map<string, number>()
  return {
    bytes: () => bytes,
    revokedUntil: (subject) => revoked.get(subject) ?? 0,
    revoke: (subject, until) => void revoked.set(subject, until),
  }
}
