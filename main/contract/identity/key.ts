import { z } from 'zod'
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
  keyId: z.uuid(),
  name: z.string(),
  description: z.string().nullable(),
  /** First characters of the key, to tell keys apart. */
  prefix: z.string(),
  userId: z.uuid(),
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
})
export type ApiKey = z.infer<typeof ApiKey>

const KeyId = z.object({ keyId: z.uuid() })

export const createApiKey = operation('keys.create', {
  summary: 'Make a key; it is shown in this answer only.',
  scope: 'admin',
  input: z.object({
    name: KeyName,
    description: KeyDescription.optional(),
    userName: z.string().trim().min(1).max(255).optional(),
    scopes: z.array(KeyScope).min(1).default(['read', 'write']),
    expiresAt: Instant.nullable().default(null),
    metadata: CustomMetadata.default({}),
  }),
  output: z.object({ apiKey: z.string(), key: ApiKey }),
  audit: {
    subject: 'key',
    target: (_input, output) => output?.key.keyId ?? null,
    details: ({ name, scopes, expiresAt }, output) => ({
      ...{ name, scopes, expiresAt },
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
  }),
  output: z.object({ keys: z.array(ApiKey) }),
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
  summary: 'Withdraw a key at once.',
  scope: 'admin',
  input: KeyId,
  output: Done,
  audit: { subject: 'key', target: ({ keyId }) => keyId },
})
