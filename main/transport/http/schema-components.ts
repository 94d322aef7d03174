import { z } from 'zod'

export type JsonSchema = z.core.JSONSchema.JSONSchema

/** Turns zod schemas into JSON Schema, and gathers what several of them share under `#/components/schemas`. */
export class SchemaComponents {
  readonly schemas: Record<string, JsonSchema> = {}

  /**
   * @param side what a caller may send (`input`) or gets (`output`): they differ where defaults and transforms are.
   * @param owner makes the names of parts unique that have none of their own.
   */
  describe(schema: z.ZodType, side: 'input' | 'output', owner: string): JsonSchema
  describe(schema: z.ZodType | undefined, side: 'input' | 'output', owner: string): JsonSchema | null
  describe(schema: z.ZodType | undefined, side: 'input' | 'output', owner: string): JsonSchema | null {
    if (!schema) return null
    const { $schema: _dialect, $defs, ...described } = z.toJSONSchema(schema, { io: side, unrepresentable: 'any' })
    const rename = (name: string) => (name.startsWith('__') ? `${owner}_${side}${name}` : name)
    for (const [name, part] of Object.entries($defs ?? {})) this.schemas[rename(name)] = relink(part, rename)
    return relink(described, rename)
  }
}

/** Points `#/$defs/X` at the shared place instead. */
function relink(schema: JsonSchema, rename: (name: string) => string): JsonSchema {
  const text = JSON.stringify(schema, (key, value: unknown) => {
    if (key !== '$ref' || typeof value !== 'string') return value
    return `#/components/schemas/${rename(value.replace('#/$defs/', ''))}`
  })
  return JSON.parse(text) as JsonSchema
}
