import { partitionPoint } from '../../../../main/contract/index.ts'

interface NumberArray {
  [index: number]: number
  readonly length: number
  set(values: ArrayLike<number>): void
}

/** Numbers in a row that grows: a few bytes each, where an object of its own for each would take a hundred. */
export class Column {
  #values: NumberArray
  readonly #make: (length: number) => NumberArray
  #length = 0

  /** @param make gives an array of zeros */
  constructor(make: (length: number) => NumberArray) {
    this.#make = make
    this.#values = make(64)
  }

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = this.#make(2 * this.#length)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length] = value
    this.#length += 1
  }

  /** The value at `index`, which has to be below the length. */
  at(index: number): number {
    return this.#values[index] ?? NaN
  }

  set(index: number, value: number): void {
    this.#values[index] = value
  }

  /** How many of the values, which have to ascend, are at most `value`. */
  countUpTo(value: number): number {
    return partitionPoint(this.#length, (at) => (this.#values[at] ?? Infinity) <= value)
  }
}

export const doubles = (): Column => new Column((length) => new Float64Array(length))
export const integers = (): Column => new Column((length) => new Int32Array(length))
export const fractions = (): Column => new Column((length) => new Float32Array(length))
export const bytes = (): Column => new Column((length) => new Uint8Array(length))
