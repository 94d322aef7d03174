import { z } from 'zod'
import { Id } from '../id.ts'
import { Done, Instant, JsonValue, operation } from '../operation.ts'
import { CustomMetadata } from '../library/video.ts'

export const KeyScope = z.enum(['read', 'write', 'admin'])
export type KeyScope = z.infer<typeof KeyScope>

const KeyName = z.string().trim().min(1).max(255)
/** ID-22. An empty one is none. */
const KeyDescription = z
  .string()
  .trim()
  .max(500)
  .transform((text) => (text === '' ? null : text))
  .nullable()

/** ID-22 */
export const ApiKey = z.object({
  keyId: Id,
  name: z.string(),
  description: z.string().nullable(),
  /** First characters of the key, to tell keys apart. */
  prefix: z.string(),
  userId: Id,
  userName: z.string(),
  scopes: z.array(KeyScope),
  metadata: z.record(z.string(), JsonValue),
  /** A key that is switched off is refused as if it did not exist; it can be switched on again. */
  isActive: z.boolean(),
  createdAt: Instant,
  /** When its name, description, metadata or switch was changed last. */
  updatedAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
  /** Requests that were let in with it. */
  usageCount: z.int().nonnegative(),
  /** ID-25: when it was deleted; it is inactive for good then. */
  revokedAt: Instant.nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

const KeyId = z.object({ keyId: Id })

export const createApiKey = operation('keys.create', {
  summary: 'Make a key; it is shown in this answer only.',
  scope: 'admin',
  input: z.object({
    name: KeyName,
    description: KeyDescription.optional(),
    userName: z.string().trim().min(1).max(255).optional(),
    /** ID-24: none: those of the caller. */
    scopes: z.array(KeyScope).default([]),
    expiresAt: Instant.nullable().default(null),
    metadata: CustomMetadata.default({}),
  }),
  output: z.object({ apiKey: z.string(), key: ApiKey }),
  audit: {
    subject: 'key',
    target: (_input, output) => output?.key.keyId ?? null,
    details: ({ name, scopes, expiresAt }, output) => ({
      ...{ name, scopes: output?.key.scopes ?? scopes, expiresAt },
      ...(output && { prefix: output.key.prefix, userName: output.key.userName }),
    }),
  },
})

export const listApiKeys = operation('keys.list', {
  summary: 'The keys, without their secrets, oldest first.',
  scope: 'admin',
  input: z.object({
    /** Those too that are switched off. */
    includeInactive: z.boolean().default(false),
    offset: z.int().nonnegative().default(0),
    /** All of them when not given. */
    limit: z.int().min(1).max(1000).optional(),
  }),
  /** `total` counts those that there are, whatever offset and limit. */
  output: z.object({ keys: z.array(ApiKey), total: z.int().nonnegative() }),
})

export const getApiKey = operation('keys.get', {
  summary: 'One key, without its secret.',
  scope: 'admin',
  input: KeyId,
  output: ApiKey,
})

export const updateApiKey = operation('keys.update', {
  summary: 'Change what a key is called and noted with, or switch it off and on. Its scopes and its end are fixed.',
  scope: 'admin',
  input: KeyId.extend({
    name: KeyName.optional(),
    description: KeyDescription.optional(),
    metadata: CustomMetadata.optional(),
    isActive: z.boolean().optional(),
  }),
  output: ApiKey,
  audit: {
    subject: 'key',
    target: ({ keyId }) => keyId,
    details: ({ keyId: _, metadata, ...change }) => ({ change: { ...change, ...(metadata && { metadata: true }) } }),
  },
})

export const deleteApiKey = operation('keys.delete', {
  summary: 'Withdraw a key at once and for good. It is still listed, as inactive.',
  scope: 'admin',
  input: KeyId,
  output: Done,
  audit: { subject: 'key', target: ({ keyId }) => keyId },
})
