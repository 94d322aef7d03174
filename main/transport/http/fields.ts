import { z } from 'zod'

/** A switch in a query: `true`, `false`, `1` or `0`. */
export const QueryBoolean = z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] }).meta({ type: 'boolean' })

/** The name as a snake_case wire has it. */
type Snake<Name extends string> = Name extends `${infer Letter}${infer Rest}`
  ? `${Letter extends Lowercase<Letter> ? Letter : `_${Lowercase<Letter>}`}${Snake<Rest>}`
  : Name

type Snaked<T> = { [K in keyof T as Snake<K & string>]: T[K] }

/**
 * The same facts under the names of a snake_case wire: `sizeBytes` becomes `size_bytes`. What lies deeper stays as it is,
 * and what the schema of an answer does not name is dropped when the answer is parsed by it.
 */
export function snakeKeys<T extends object>(facts: T): Snaked<T> {
  const renamed = Object.entries(facts).map(([name, value]: [string, unknown]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ])
  return Object.fromEntries(renamed) as Snaked<T>
}

/** `null` in a body says the same as nothing. */
export function withoutNulls<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return withoutAbsent(fields, (value) => value != null)
}

/** What a body names; `null` empties it. */
export function withoutUndefined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return withoutAbsent(fields, (value) => value !== undefined)
}

function withoutAbsent(fields: object, isThere: (value: unknown) => boolean): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isThere(value)))
}
