import type { PartDigest, PartPlace } from './part-file.ts'

/** Bytes of a file of this machine. */
export interface FileRange extends PartPlace {
  readonly file: string
}

/** A part that is read from a file of this machine; it lies at the same offset in both. */
export interface PartCopy extends FileRange {
  readonly source: string
}

/** A part as it was confirmed, to be read again and compared. */
export interface StoredPart {
  readonly partNumber: number
  readonly offset: number
  readonly sizeBytes: number
  readonly md5: string
}

/** What the part worker is asked. `writing` numbers a part that is being received, `hashing` a file being hashed. */
export type PartRequest =
  | { do: 'begin'; writing: number; place: PartPlace }
  | { do: 'append'; writing: number; bytes: Uint8Array }
  | { do: 'finish'; writing: number }
  | { do: 'drop'; writing: number }
  | { do: 'copy'; copy: PartCopy }
  | { do: 'hash-on'; hashing: number; range: FileRange }
  | { do: 'hash-end'; hashing: number }
  | { do: 'hash-drop'; hashing: number }
  | { do: 'verify'; file: string; parts: readonly StoredPart[] }

export interface FileDigest {
  readonly sha256: string
  readonly sizeBytes: number
}
/** Numbers of the parts whose bytes are not the ones that were confirmed. */
export type DamagedParts = readonly number[]
export type PartAnswer = PartDigest | FileDigest | DamagedParts | null
/** Bytes so far: from the start of the file that is hashed, or of the parts that are verified. */
export type PartProgress = number
