import { createHmac } from 'node:crypto'
import type { Settings } from '../../platform/settings/index.ts'

const SECRET = 'viewer_secret'

/**
 * Who a viewer is: "distinct coalesce(user_id, viewer_hash). viewer_hash = HMAC-SHA-256(install secret, ip), never plain
 * SHA-256 (IPv4 can be enumerated)".
 */
export class Viewers {
  readonly #settings: Settings
  #secret: Buffer | null = null

  constructor(settings: Settings) {
    this.#settings = settings
  }

  /** @param address null for this machine itself. */
  keyOf(userId: string | null, address: string | null): string {
    if (userId !== null) return `user ${userId}`
    this.#secret ??= this.#settings.secret(SECRET)
    return `hmac ${createHmac('sha256', this.#secret)
      .update(address ?? '')
      .digest('base64url')}`
  }

  /** From now on an address that came before is a new viewer, and nobody can tell which old one it was. */
  forget(): void {
    this.#secret = this.#settings.renewSecret(SECRET)
  }
}
