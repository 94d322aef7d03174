import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'

/**
 * `md5`: of a part that a client sent, since that is its ETag (UP-36). `crc32`: of a part of a file of this machine; it
 * finds what a disk damaged and costs next to nothing beside the sha-256 of the whole file.
 */
export type ChecksumKind = 'md5' | 'crc32'

/** The checksum of a part, while its bytes come by in order. */
export interface PartChecksum {
  update(bytes: Uint8Array): void
  /** In hex. */
  digest(): string
}

export function startChecksum(kind: ChecksumKind): PartChecksum {
  if (kind === 'crc32') return new Crc32()
  const hash = createHash('md5')
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') }
}

/** Of which kind a part's checksum is. */
export function kindOfChecksum(checksum: string): ChecksumKind {
  return checksum.length === CRC32_DIGITS ? 'crc32' : 'md5'
}

const CRC32_DIGITS = 8

class Crc32 implements PartChecksum {
  #value = 0

  update(bytes: Uint8Array): void {
    this.#value = crc32(bytes, this.#value)
  }

  digest(): string {
    return this.#value.toString(16).padStart(CRC32_DIGITS, '0')
  }
}
