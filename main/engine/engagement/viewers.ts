import { createHmac } from 'node:crypto'
import type { Secrets } from '../../platform/settings/index.ts'

/**
 * Makes the keys of viewers: a user's id, or an HMAC of an address under a secret of this library (LI-14). A plain hash of
 * an IPv4 address could be found by trying all of them.
 */
export class Viewers {
  readonly #secrets: Secrets

  constructor(secrets: Secrets) {
    this.#secrets = secrets
  }

  /** @param address null for this machine itself. */
  keyOf(userId: string | null, address: string | null): string {
    if (userId !== null) return `user ${userId}`
    return `hmac ${createHmac('sha256', this.#secrets.get('viewer_secret'))
      .update(address ?? '')
      .digest('base64url')}`
  }

  /** Makes a new secret: known addresses become new viewers, and cannot be linked to the old ones. */
  forget(): void {
    this.#secrets.renew(['viewer_secret'])
  }
}
