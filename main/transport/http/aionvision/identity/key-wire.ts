import { z } from 'zod'
import {
  type ApiKey,
  CustomMetadata,
  EngineError,
  Id,
  Instant,
  JsonValue,
  KeyScope,
} from '../../../../contract/index.ts'
import { snakeKeys } from '../../fields.ts'

const KEY = {
  id: '550e8400-e29b-41d4-a716-446655440000',
  name: 'Editing room',
  description: 'The two machines by the window',
  key_prefix: 'fieldreel_Xq2R',
  user_id: '7f1d6a52-8e0c-4a53-9d2b-6a3f0c1e2d4b',
  user_name: 'Mara',
  scopes: ['read', 'write'],
  metadata: { room: '2.14' },
  is_active: true,
  created_at: '2025-01-15T10:30:00Z',
  updated_at: null,
  expires_at: '2026-07-01T00:00:00Z',
  last_used_at: '2025-01-15T11:02:00Z',
  usage_count: 142,
}

const KeyShape = z.object({
  id: Id,
  name: z.string(),
  description: z.string().nullable(),
  key_prefix: z.string().describe('The first characters of the key, to tell keys apart.'),
  user_id: Id,
  user_name: z.string(),
  scopes: z.array(KeyScope),
  metadata: z.record(z.string(), JsonValue),
  is_active: z.boolean().describe('The switch of PUT. A key past its expires_at is refused whatever this says.'),
  created_at: Instant,
  updated_at: Instant.nullable(),
  expires_at: Instant.nullable(),
  last_used_at: Instant.nullable(),
  usage_count: z.int().describe('Requests that were let in with it.'),
})

export const KeyBody = KeyShape.meta({ id: 'ApiKey', examples: [KEY] })

/** ID-22 */
export const CreatedKeyBody = KeyShape.extend({ api_key: z.string() }).meta({
  examples: [
    { ...KEY, last_used_at: null, usage_count: 0, api_key: 'fieldreel_Xq2R9vY1mB0uJc4nL7eTgW3sKfHdPz5aQ8iOxVtEr6U' },
  ],
})

export const KeyListBody = z
  .object({ api_keys: z.array(KeyBody), total: z.int() })
  .meta({ examples: [{ api_keys: [KEY], total: 1 }] })

const Name = z.string().trim().min(1).max(255)
const Description = z.string().trim().max(500).nullish()

export const CreateKeyBody = z
  .object({
    name: Name,
    description: Description,
    user_name: z.string().trim().min(1).max(255).nullish().describe('Whose key it is; a new name makes a new user.'),
    scopes: z
      .array(z.string().max(100))
      .max(100)
      .optional()
      .describe(
        'read, write, admin; `area:read` and `area:write` mean the first two. None: those of the key that asks.',
      ),
    /** Any offset is read; instants are answered in UTC. */
    expires_at: z.iso
      .datetime({ offset: true })
      .refine((instant) => Date.parse(instant) > Date.now(), 'expires_at lies in the past.')
      .nullish(),
    metadata: CustomMetadata.nullish().describe(
      'Names that begin with `_` or `fieldreel`, and created_by_user_id, deactivation_reason, deactivated_at, are reserved.',
    ),
  })
  .meta({
    examples: [
      {
        ...{ name: 'Editing room', description: 'The two machines by the window', user_name: 'Mara' },
        ...{ scopes: ['read', 'write'], metadata: { room: '2.14' } },
      },
    ],
  })

/** ID-24. @throws EngineError `malformed` for one that is unknown. */
export function scopesToInput(names: readonly string[]): KeyScope[] {
  const scopes = names.map((name) => KeyScope.safeParse(name.replace(/^[a-z][a-z0-9_-]*:(?=(read|write)$)/, '')).data)
  const unknown = names.filter((_name, at) => scopes[at] === undefined)
  if (unknown.length > 0) {
    throw new EngineError('malformed', `scopes: There is no ${unknown.join(', ')}.`, {
      fields: [{ in: 'body', field: 'scopes', reason: 'Expected read, write, admin, area:read or area:write.' }],
    })
  }
  return [...new Set(scopes.filter((scope) => scope !== undefined))]
}

/** ID-23: who sends them must learn that they did not change. */
const Fixed = z
  .never({ error: 'Is fixed when a key is made. Make another key and withdraw this one.' })
  .optional()
  .describe('May not be sent: it is fixed when a key is made.')

export const UpdateKeyBody = z
  .object({
    name: Name.optional(),
    description: Description,
    metadata: CustomMetadata.optional(),
    is_active: z.boolean().optional(),
    scopes: Fixed,
    expires_at: Fixed,
  })
  .meta({ examples: [{ name: 'Editing room, old', is_active: false }] })

export function keyToWire(key: ApiKey): z.input<typeof KeyBody> {
  return { ...snakeKeys(key), id: key.keyId, key_prefix: key.prefix }
}
