import { z } from 'zod'
import { createApiKey, deleteApiKey, getApiKey, listApiKeys, updateApiKey } from '../../../../contract/index.ts'
import { QueryBoolean, withoutNulls, withoutUndefined } from '../../fields.ts'
import { route, silentRoute, type Route } from '../../route.ts'
import { CreatedKeyBody, CreateKeyBody, KeyBody, KeyListBody, keyToWire, UpdateKeyBody } from './key-wire.ts'

const params = z.object({ key_id: z.uuid() })

export const keyRoutes: readonly Route[] = [
  route({
    method: 'POST',
    id: 'createApiKey',
    path: '/api-keys',
    operation: createApiKey,
    request: { body: CreateKeyBody },
    status: 201,
    response: CreatedKeyBody,
    failures: ['reserved_name'],
    toInput: ({ body }) => ({
      name: body.name,
      ...withoutNulls({ description: body.description, userName: body.user_name, scopes: body.scopes }),
      expiresAt: body.expires_at == null ? null : new Date(body.expires_at).toISOString(),
      metadata: body.metadata ?? {},
    }),
    toWire: ({ apiKey, key }) => ({ ...keyToWire(key), api_key: apiKey }),
  }),
  route({
    method: 'GET',
    id: 'listApiKeys',
    path: '/api-keys',
    operation: listApiKeys,
    request: {
      query: z.object({
        include_inactive: QueryBoolean.default(false).describe('Those too that are switched off.'),
      }),
    },
    response: KeyListBody,
    toInput: ({ query }) => ({ includeInactive: query.include_inactive }),
    toWire: ({ keys }) => ({ api_keys: keys.map(keyToWire), total: keys.length }),
  }),
  route({
    method: 'GET',
    id: 'getApiKey',
    path: '/api-keys/:key_id',
    operation: getApiKey,
    request: { params },
    response: KeyBody,
    toInput: ({ params: { key_id } }) => ({ keyId: key_id }),
    toWire: keyToWire,
  }),
  route({
    method: 'PUT',
    id: 'updateApiKey',
    path: '/api-keys/:key_id',
    operation: updateApiKey,
    request: { params, body: UpdateKeyBody },
    response: KeyBody,
    failures: ['reserved_name'],
    toInput: ({ params: { key_id }, body: { name, description, metadata, is_active: isActive } }) => ({
      keyId: key_id,
      ...withoutUndefined({ name, description, metadata, isActive }),
    }),
    toWire: keyToWire,
  }),
  silentRoute({
    method: 'DELETE',
    id: 'deleteApiKey',
    path: '/api-keys/:key_id',
    operation: deleteApiKey,
    request: { params },
    toInput: ({ params: { key_id } }) => ({ keyId: key_id }),
  }),
]
