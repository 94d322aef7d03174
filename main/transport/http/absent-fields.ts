import type { z } from 'zod'

/**
 * ID-4: a body without the members that are null where the schema does not need the field and knows no use for null. Where
 * null means something, to empty a field for one, it stays.
 */
export function withoutIdleNulls(schema: z.core.$ZodType, value: unknown): unknown {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'object':
      return withoutIdleMembers(def.shape, value)
    case 'array':
      return Array.isArray(value) ? value.map((element) => withoutIdleNulls(def.element, element)) : value
    case 'union':
      return def.options.reduce((stripped, option) => withoutIdleNulls(option, stripped), value)
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
      return withoutIdleNulls(def.innerType, value)
    case 'pipe':
      return withoutIdleNulls(def.in, value)
    default:
      return value
  }
}

function withoutIdleMembers(shape: Readonly<Record<string, z.core.$ZodType>>, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const members = Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
    const field = Object.hasOwn(shape, name) ? shape[name] : undefined
    if (!field) return [[name, member]]
    return member === null && isIdle(field) ? [] : [[name, withoutIdleNulls(field, member)]]
  })
  return Object.fromEntries(members)
}

function isIdle(field: z.core.$ZodType): boolean {
  return field._zod.optin !== undefined && !isForbidden(field) && !(field as z.ZodType).safeParse(null).success
}

/** A field that may not be sent (ID-23): null would ask to empty it. */
function isForbidden(field: z.core.$ZodType): boolean {
  const { def } = (field as z.core.$ZodTypes)._zod
  return def.type === 'optional' && (def.innerType as z.core.$ZodTypes)._zod.def.type === 'never'
}
