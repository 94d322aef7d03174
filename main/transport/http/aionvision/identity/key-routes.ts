import { z } from 'zod'
import { createApiKey, deleteApiKey, getApiKey, listApiKeys, updateApiKey } from '../../../../contract/index.ts'
import { route, silentRoute, type Route } from '../../route.ts'
import { CreatedKeyBody, CreateKeyBody, KeyBody, KeyListBody, keyToWire, UpdateKeyBody } from './key-wire.ts'

const params = z.object({ key_id: z.uuid() })

export const keyRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api-keys',
    operation: createApiKey,
    request: { body: CreateKeyBody },
    status: 201,
    response: CreatedKeyBody,
    failures: ['reserved_name'],
    toInput: ({ body }) => ({
      name: body.name,
      ...(body.description == null ? {} : { description: body.description }),
      ...(body.user_name == null ? {} : { userName: body.user_name }),
      ...(body.scopes ? { scopes: body.scopes } : {}),
      expiresAt: body.expires_at == null ? null : new Date(body.expires_at).toISOString(),
      metadata: body.metadata ?? {},
    }),
    toWire: ({ apiKey, key }) => ({ ...keyToWire(key), api_key: apiKey }),
  }),
  route({
    method: 'GET',
    path: '/api-keys',
    operation: listApiKeys,
    request: {
      query: z.object({
        include_inactive: z
          .stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] })
          .default(false)
          .describe('Those too that are switched off.'),
      }),
    },
    response: KeyListBody,
    toInput: ({ query }) => ({ includeInactive: query.include_inactive }),
    toWire: ({ keys }) => ({ api_keys: keys.map(keyToWire), total: keys.length }),
  }),
  route({
    method: 'GET',
    path: '/api-keys/:key_id',
    operation: getApiKey,
    request: { params },
    response: KeyBody,
    toInput: ({ params: { key_id } }) => ({ keyId: key_id }),
    toWire: keyToWire,
  }),
  route({
    method: 'PUT',
    path: '/api-keys/:key_id',
    operation: updateApiKey,
    request: { params, body: UpdateKeyBody },
    response: KeyBody,
    failures: ['reserved_name'],
    toInput: ({ params: { key_id }, body }) => ({
      keyId: key_id,
      ...(body.name === undefined ? {} : { name: body.name }),
      ...(body.description === undefined ? {} : { description: body.description }),
      ...(body.metadata === undefined ? {} : { metadata: body.metadata }),
      ...(body.is_active === undefined ? {} : { isActive: body.is_active }),
    }),
    toWire: keyToWire,
  }),
  silentRoute({
    method: 'DELETE',
    path: '/api-keys/:key_id',
    operation: deleteApiKey,
    request: { params },
    toInput: ({ params: { key_id } }) => ({ keyId: key_id }),
  }),
]
