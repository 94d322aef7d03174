import { z } from 'zod'

export type JsonSchema = z.core.JSONSchema.JSONSchema

/** Formats that say all that the pattern beside them says. */
const SPEAKING_FORMATS = ['uuid', 'date', 'date-time']

/** Turns zod schemas into JSON Schema, and gathers what several of them share under `#/components/schemas`. */
export class SchemaComponents {
  readonly schemas: Record<string, JsonSchema> = {}

  /**
   * @param side what a caller may send (`input`) or gets (`output`): they differ where defaults and transforms are.
   * @throws Error for a schema that contains itself (ID-72), or whose name another one has: generated clients fail on both.
   */
  describe(schema: z.ZodType, side: 'input' | 'output'): JsonSchema
  describe(schema: z.ZodType | undefined, side: 'input' | 'output'): JsonSchema | null
  describe(schema: z.ZodType | undefined, side: 'input' | 'output'): JsonSchema | null {
    if (!schema) return null
    const {
      $schema: _dialect,
      $defs,
      ...described
    } = z.toJSONSchema(schema, {
      ...{ io: side, unrepresentable: 'any', cycles: 'throw' },
      override: ({ jsonSchema }) => simplify(jsonSchema),
    })
    for (const [name, part] of Object.entries($defs ?? {})) this.#add(name, relink(part))
    return relink(described)
  }

  #add(name: string, schema: JsonSchema): void {
    const known = this.schemas[name]
    if (known && JSON.stringify(known) !== JSON.stringify(schema)) throw new Error(`Two schemas are called ${name}.`)
    this.schemas[name] = schema
  }
}

/** Leaves out what says nothing to a reader. */
function simplify(schema: JsonSchema): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  if (schema.format && SPEAKING_FORMATS.includes(schema.format)) delete schema.pattern
  if (JSON.stringify(schema.propertyNames) === '{"type":"string"}') delete schema.propertyNames
}

/** Points `#/$defs/X` at the shared place instead. */
function relink(schema: JsonSchema): JsonSchema {
  const text = JSON.stringify(schema, (key, value: unknown) => {
    return key === '$ref' && typeof value === 'string' ? value.replace('#/$defs/', '#/components/schemas/') : value
  })
  return JSON.parse(text) as JsonSchema
}
