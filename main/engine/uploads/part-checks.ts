import { EngineError } from '../../contract/index.ts'
import type { PartDigest } from '../objects/index.ts'
import type { PartRow } from './part-rows.ts'
import type { UploadRow } from './upload-rows.ts'

/** UP-54 */
export function normalizeEtag(etag: string): string {
  return etag
    .trim()
    .replace(/^W\//i, '')
    .replace(/^"(.*)"$/, '$1')
    .toLowerCase()
}

/** UP-58 */
export function assertOpen(upload: UploadRow): void {
  if (upload.status === 'aborted') throw new EngineError('conflict', 'This upload was aborted.')
  if (upload.status === 'failed') throw new EngineError('conflict', 'This upload failed and takes no more chunks.')
}

/** UP-33 */
export function assertSize(actual: number, expected: number): void {
  if (actual === expected) return
  const reason = actual < expected ? 'IncompleteBody' : 'EntityTooLarge'
  throw new EngineError('body_mismatch', `This chunk has ${expected} bytes, but ${actual} were sent.`, {
    reason,
    expected,
    actual,
  })
}

export function assertMd5(contentMd5: string | null, md5: string): void {
  if (contentMd5 === null || Buffer.from(contentMd5, 'base64').toString('hex') === md5) return
  throw new EngineError('body_mismatch', 'The Content-MD5 does not match the bytes received.', { reason: 'BadDigest' })
}

/** UP-38 */
export function assertSameBytes(part: PartRow, digest: PartDigest): void {
  if (part.checksum === digest.md5) return
  throw new EngineError('conflict', `Chunk ${part.part_number} is confirmed with other bytes.`, {
    expected: { etag: part.checksum },
    actual: { etag: digest.md5 },
  })
}

export function assertConfirmable(part: PartRow, etag: string, sizeBytes: number): void {
  if (part.confirmed_at !== null) {
    if (etag === part.checksum) return
    throw new EngineError('conflict', `Chunk ${part.part_number} is confirmed with another ETag.`, {
      expected: { etag: part.checksum },
      actual: { etag },
    })
  }
  if (sizeBytes !== part.size_bytes) {
    throw new EngineError('invalid_input', `Chunk ${part.part_number} has ${part.size_bytes} bytes.`, {
      expected: { size_bytes: part.size_bytes },
      actual: { size_bytes: sizeBytes },
    })
  }
  if (part.stored_at === null || part.checksum !== etag) {
    const why = part.stored_at === null ? 'was not received' : 'was received with another ETag'
    throw new EngineError('invalid_input', `Chunk ${part.part_number} ${why}.`, {
      expected: { etag: part.checksum },
      actual: { etag },
    })
  }
}
