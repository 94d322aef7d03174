import { EMBEDDING_DIMENSIONS } from '../../models/index.ts'
import { MEAN_EMBEDDING } from './mean-embedding.ts'

/**
 * An embedding small enough to be stored with every track: the model's vector folded into fewer dimensions of whole
 * numbers. For similarity most of the mean embedding is subtracted first: all vectors share it.
 */
export type CompactEmbedding = readonly number[]

/** Folded to a seventh, the model tells people apart as well as before (area under the curve .924 of .936, measured). */
const DIMENSIONS = 256
/** Whole numbers store in a quarter of the space; this leaves 1 % of error. */
const SCALE = 400
/** Weight of a new embedding against the known one. */
const FRESH = 0.25
/** Share of the mean that is subtracted: with all of it, small differences between dark coats would decide. */
const COMMON = 0.8

/** The dimension that each of the model's values is added to, and its sign there. */
const PLACES = Uint8Array.from({ length: EMBEDDING_DIMENSIONS }, (_, index) => scramble(index) % DIMENSIONS)
const SIGNS = Int8Array.from({ length: EMBEDDING_DIMENSIONS }, (_, index) => (scramble(index) >= 0x80000000 ? 1 : -1))

/** @returns null for zeros and for numbers that are not finite. */
export function fold(vector: Float32Array): CompactEmbedding | null {
  const sums = new Float64Array(DIMENSIONS)
  for (let index = 0; index < vector.length; index++) {
    const place = PLACES[index] ?? 0
    sums[place] = (sums[place] ?? 0) + (vector[index] ?? 0) * (SIGNS[index] ?? 0)
  }
  let squares = 0
  for (const sum of sums) squares += sum * sum
  if (!(squares > 0 && squares < Infinity)) return null
  const scale = SCALE / Math.sqrt(squares)
  return Array.from(sums, (sum) => whole(sum * scale))
}

export function blend(known: CompactEmbedding | null, seen: CompactEmbedding): CompactEmbedding {
  if (known === null) return seen
  return known.map((value, place) => whole(value + ((seen[place] ?? 0) - value) * FRESH))
}

/** @returns the cosine of the two without the mean, -1..1. */
export function similarity(one: CompactEmbedding, other: CompactEmbedding): number {
  let product = 0
  let first = 0
  let second = 0
  for (let place = 0; place < DIMENSIONS; place++) {
    const common = (MEAN_EMBEDDING[place] ?? 0) * COMMON
    const a = (one[place] ?? 0) - common
    const b = (other[place] ?? 0) - common
    product += a * b
    first += a * a
    second += b * b
  }
  return first > 0 && second > 0 ? product / Math.sqrt(first * second) : 0
}

/** Rounded, and never the -0 that JSON would lose. */
function whole(value: number): number {
  return Math.round(value) + 0
}

/** A fixed hash (of MurmurHash3's kind), so that every run folds the same way. */
function scramble(index: number): number {
  let hash = Math.imul(index + 1, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}
