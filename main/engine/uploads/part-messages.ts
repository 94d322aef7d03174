import type { PartDigest } from './part-file.ts'

/** Where a part lies: `sizeBytes` bytes from `offset` of `file`. A null file only hashes. */
export interface PartPlace {
  readonly file: string | null
  readonly offset: number
  readonly sizeBytes: number
}

/** A part that is read from a file of this machine; it lies at the same offset in both. */
export interface PartCopy extends PartPlace {
  readonly file: string
  readonly source: string
}

/** What the part worker is asked. `writing` numbers a part that is being received. */
export type PartRequest =
  | { do: 'begin'; writing: number; place: PartPlace }
  | { do: 'append'; writing: number; bytes: Uint8Array }
  | { do: 'finish'; writing: number }
  | { do: 'drop'; writing: number }
  | { do: 'copy'; copy: PartCopy }
  | { do: 'hash'; file: string; sizeBytes: number }

export type FileDigest = Pick<PartDigest, 'sha256' | 'sizeBytes'>
export type PartAnswer = PartDigest | FileDigest | null
