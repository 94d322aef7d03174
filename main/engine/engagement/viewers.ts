import { createHmac } from 'node:crypto'
import type { Secrets } from '../../platform/settings/index.ts'

/**
 * Who a viewer is: "distinct coalesce(user_id, viewer_hash). viewer_hash = HMAC-SHA-256(install secret, ip), never plain
 * SHA-256 (IPv4 can be enumerated)".
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

  /** From now on an address that came before is a new viewer, and nobody can tell which old one it was. */
  forget(): void {
    this.#secrets.renew(['viewer_secret'])
  }
}
