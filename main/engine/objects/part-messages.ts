import type { PartDigest, PartPlace } from './part-file.ts'

/** A file of this machine that is copied into the file of an upload; both lie at the same offsets. */
export interface FileCopy {
  readonly source: string
  readonly file: string
  readonly sizeBytes: number
  readonly partBytes: number
  /** crc32 of the parts that are in `file` already, by number: they are read there. */
  readonly stored: ReadonlyMap<number, string>
}

/** A part that was copied. */
export interface CopiedPart {
  readonly partNumber: number
  /** crc32 in hex. */
  readonly checksum: string
}

/** How far copying a file is. */
export type CopyProgress =
  /** So many bytes of parts that were stored before have been read again. */
  | { readonly is: 'compared'; readonly bytes: number }
  /** These parts are on the disk now. */
  | { readonly is: 'synced'; readonly parts: readonly CopiedPart[] }

/** What a part worker is started with. */
export interface PartWorkerData {
  /** The blocks of bytes that are handed to it; null for one that receives no parts. */
  readonly memory: SharedArrayBuffer | null
}

/** A part as it was stored, to be read again and compared. */
export interface StoredPart {
  readonly partNumber: number
  readonly offset: number
  readonly sizeBytes: number
  /** As `kindOfChecksum` tells. */
  readonly checksum: string
}

/** What the part worker is asked. `writing` numbers a part that is being received, `block` a block of the shared memory. */
export type PartRequest =
  | { do: 'begin'; writing: number; place: PartPlace }
  | { do: 'append'; writing: number; block: number; sizeBytes: number }
  | { do: 'finish'; writing: number }
  | { do: 'drop'; writing: number }
  | { do: 'copy'; copy: FileCopy }
  | { do: 'hash'; file: string; sizeBytes: number }
  | { do: 'verify'; file: string; parts: readonly StoredPart[] }

export interface FileDigest {
  readonly sha256: string
  readonly sizeBytes: number
}
/** Numbers of the parts whose bytes are not the ones that were stored. */
export type DamagedParts = readonly number[]
export type PartAnswer = PartDigest | FileDigest | DamagedParts | null
/** Bytes so far, of the file that is hashed or of the parts that are verified; or how far copying is. */
export type PartProgress = number | CopyProgress
