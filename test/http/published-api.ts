import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

export interface Content {
  readonly schema?: object
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>
}

export interface Answer {
  readonly description: string
  readonly headers?: object
  readonly content?: Readonly<Record<string, Content>>
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly schema: { readonly type?: string; readonly anyOf?: unknown }
}

export interface PublishedOperation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description: string
  readonly security: readonly object[]
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly required: boolean; readonly content: Readonly<Record<string, Content>> }
  readonly responses: Readonly<Record<string, Answer>>
}

export interface Description {
  readonly openapi: string
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, PublishedOperation>>>>
  readonly components: Readonly<Record<string, Readonly<Record<string, object>>>>
}

/** The description that a server publishes, and what it says of values. */
export class PublishedApi {
  readonly description: Description
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true })

  constructor(description: Description) {
    this.description = description
    addFormats(this.#ajv)
    this.#ajv.addSchema({ $id: 'api', ...description })
  }

  static async of(serverUrl: string): Promise<PublishedApi> {
    return new PublishedApi((await (await fetch(`${serverUrl}/openapi.json`)).json()) as Description)
  }

  operations(): { method: string; path: string; operation: PublishedOperation }[] {
    return Object.entries(this.description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
    )
  }

  /** What is wrong with a value; null when the schema at this place of the description takes it. */
  problem(place: readonly string[], value: unknown): string | null {
    const pointer = place.map((name) => name.replaceAll('~', '~0').replaceAll('/', '~1')).map(encodeURIComponent)
    const $ref = `api#/${pointer.join('/')}`
    const isRight: ValidateFunction = this.#ajv.getSchema($ref) ?? this.#ajv.compile({ $ref })
    return isRight(value) ? null : this.#ajv.errorsText(isRight.errors, { dataVar: '' })
  }
}

/** An example of the description, and where the schema is that it is an example of. */
export interface Example {
  readonly schema: readonly string[]
  readonly value: unknown
}

/** Every example, of schemas and beside them, wherever it is. */
export function examplesIn(node: unknown, place: readonly string[] = []): Example[] {
  if (typeof node !== 'object' || node === null) return []
  if (Array.isArray(node)) return node.flatMap((part, index) => examplesIn(part, [...place, String(index)]))
  const { schema, example, examples, ...parts } = node as Record<string, unknown>
  const beside = schema === undefined ? place : [...place, 'schema']
  const named = typeof examples === 'object' && examples !== null ? Object.values(examples) : []
  const own = named.map((one: unknown) => (schema === undefined ? one : (one as { value: unknown }).value))
  const inside = { ...parts, ...(schema === undefined ? {} : { schema }) }
  return [
    ...(example === undefined ? own : [example, ...own]).map((value) => ({ schema: beside, value })),
    ...Object.entries(inside).flatMap(([name, part]) => examplesIn(part, [...place, name])),
  ]
}
