import { z } from 'zod'
import { createApiKey, deleteApiKey, Instant, listApiKeys, type ApiKey } from '../../../contract/index.ts'
import { route, silentRoute, type Route } from '../route.ts'

const KeyScope = z.enum(['read', 'write', 'admin'])

const KeyBody = z
  .object({
    id: z.uuid(),
    name: z.string(),
    /** The key's first characters. */
    key_prefix: z.string(),
    user_id: z.uuid(),
    user_name: z.string(),
    scopes: z.array(KeyScope),
    is_active: z.boolean(),
    created_at: Instant,
    expires_at: Instant.nullable(),
    last_used_at: Instant.nullable(),
  })
  .meta({ id: 'ApiKey' })

const CreateBody = z
  .object({
    name: z.string().trim().min(1).max(255),
    user_name: z.string().trim().min(1).max(255).nullish(),
    scopes: z.array(KeyScope).min(1).optional(),
    /** Any offset is read; instants are answered in UTC. */
    expires_at: z.iso
      .datetime({ offset: true })
      .refine((instant) => Date.parse(instant) > Date.now(), 'expires_at lies in the past.')
      .nullish(),
  })
  .meta({ examples: [{ name: 'Editing room', user_name: 'Mara', scopes: ['read', 'write'] }] })

export const keyRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api-keys',
    operation: createApiKey,
    request: { body: CreateBody },
    status: 201,
    // "The key itself is shown once."
    response: KeyBody.extend({ api_key: z.string() }),
    toInput: ({ body }) => ({
      name: body.name,
      ...(body.user_name == null ? {} : { userName: body.user_name }),
      ...(body.scopes ? { scopes: body.scopes } : {}),
      expiresAt: body.expires_at == null ? null : new Date(body.expires_at).toISOString(),
    }),
    toWire: ({ apiKey, key }) => ({ ...keyToWire(key), api_key: apiKey }),
  }),
  route({
    method: 'GET',
    path: '/api-keys',
    operation: listApiKeys,
    request: {},
    response: z.object({ api_keys: z.array(KeyBody), total: z.int() }),
    toInput: () => ({}),
    toWire: ({ keys }) => ({ api_keys: keys.map(keyToWire), total: keys.length }),
  }),
  silentRoute({
    method: 'DELETE',
    path: '/api-keys/:key_id',
    operation: deleteApiKey,
    request: { params: z.object({ key_id: z.uuid() }) },
    toInput: ({ params }) => ({ keyId: params.key_id }),
  }),
]

function keyToWire(key: ApiKey): z.input<typeof KeyBody> {
  return {
    id: key.keyId,
    name: key.name,
    key_prefix: key.prefix,
    user_id: key.userId,
    user_name: key.userName,
    scopes: key.scopes,
    is_active: key.expiresAt === null || Date.parse(key.expiresAt) > Date.now(),
    created_at: key.createdAt,
    expires_at: key.expiresAt,
    last_used_at: key.lastUsedAt,
  }
}
