import { createHash, randomBytes } from 'node:crypto'

/** Published clients check keys against `^[a-z]+_[A-Za-z0-9_-]{20,}$`. */
export function newKey(): string {
  return `fieldreel_${randomBytes(32).toString('base64url')}`
}

/** The part of a key that may be shown: at most its first half. */
export function prefixOf(key: string): string {
  return key.slice(0, Math.min(14, Math.floor(key.length / 2)))
}

/** SHA-256: 256 random bits need no slow hash. */
export function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
