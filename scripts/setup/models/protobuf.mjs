// @ts-check
// Writes protocol buffers: the few kinds of fields that an ONNX file takes.

const VARINT = 0
const LENGTH_DELIMITED = 2
const FIXED32 = 5

/** @param {number} value negative ones as their 64-bit two's complement, as the format has it */
export function varint(value) {
  let rest = BigInt.asUintN(64, BigInt(value))
  const bytes = []
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  bytes.push(Number(rest))
  return Buffer.from(bytes)
}

/**
 * @param {number} field
 * @param {number} wireType
 */
const key = (field, wireType) => varint((field << 3) | wireType)

/** @param {(Buffer | null)[]} fields null for one that is left out */
export const message = (...fields) => Buffer.concat(fields.filter((field) => field !== null))

/**
 * @param {number} field
 * @param {number} value
 */
export const integer = (field, value) => message(key(field, VARINT), varint(value))

/**
 * @param {number} field
 * @param {number} value
 */
export function float(field, value) {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return message(key(field, FIXED32), bytes)
}

/**
 * A string, bytes, or a message within this one.
 * @param {number} field
 * @param {string | Uint8Array} value
 */
export function bytes(field, value) {
  const content = Buffer.from(/** @type {string} */ (value))
  return message(key(field, LENGTH_DELIMITED), varint(content.length), content)
}

/**
 * @param {number} field
 * @param {readonly number[]} values
 */
export const packedIntegers = (field, values) => bytes(field, message(...values.map(varint)))
