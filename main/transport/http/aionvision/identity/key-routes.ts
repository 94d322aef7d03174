import { z } from 'zod'
import { createApiKey, deleteApiKey, getApiKey, Id, listApiKeys, updateApiKey } from '../../../../contract/index.ts'
import { QueryBoolean, withoutNulls, withoutUndefined } from '../../fields.ts'
import { route, silentRoute, type Route } from '../../route.ts'
import {
  CreatedKeyBody,
  CreateKeyBody,
  KeyBody,
  KeyListBody,
  keyToWire,
  scopesToInput,
  UpdateKeyBody,
} from './key-wire.ts'

const params = z.object({ key_id: Id })

export const keyRoutes: readonly Route[] = [
  route({
    method: 'POST',
    id: 'createApiKey',
    path: '/api-keys',
    operation: createApiKey,
    request: { body: CreateKeyBody },
    status: 201,
    response: CreatedKeyBody,
    failures: ['reserved_name', 'malformed'],
    toInput: ({ body }) => ({
      name: body.name,
      scopes: scopesToInput(body.scopes ?? []),
      ...withoutNulls({ description: body.description, userName: body.user_name }),
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
        include_inactive: QueryBoolean.default(false).describe('Those too that are switched off or deleted.'),
        limit: z.coerce.number().int().min(1).max(1000).optional().describe('Keys of this answer; all when left out.'),
        offset: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('Keys to pass over.'),
      }),
    },
    response: KeyListBody,
    toInput: ({ query: { include_inactive: includeInactive, offset, limit } }) => ({ includeInactive, offset, limit }),
    toWire: ({ keys, total }) => ({ api_keys: keys.map(keyToWire), total }),
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
    failures: ['reserved_name', 'conflict'],
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
