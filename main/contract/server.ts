import { z } from 'zod'
import { Done, Instant, Nothing, operation } from './operation.ts'

/** The optional HTTP server on this machine. */
export const ServerState = z.object({
  running: z.boolean(),
  /** Root of all dialects; null while off. */
  url: z.string().nullable(),
  /** The port asked for; 0 lets the system choose. */
  port: z.int().min(0).max(65_535),
  errorMessage: z.string().nullable(),
})
export type ServerState = z.infer<typeof ServerState>

export const getServer = operation('server.get', {
  summary: 'Whether the local server runs, and where.',
  scope: 'admin',
  input: Nothing,
  output: ServerState,
})

export const setServer = operation('server.set', {
  summary: 'Switch the local server on or off; the choice is kept.',
  scope: 'admin',
  input: z.object({ running: z.boolean(), port: z.int().min(0).max(65_535).optional() }),
  output: ServerState,
})

/** "key object": id, name, prefix, scopes, expiry, last use. The key itself is shown once and stored hashed. */
export const ApiKey = z.object({
  keyId: z.uuid(),
  name: z.string(),
  /** First characters of the key, to tell keys apart. */
  prefix: z.string(),
  userId: z.uuid(),
  userName: z.string(),
  scopes: z.array(z.enum(['read', 'write', 'admin'])),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

export const createApiKey = operation('keys.create', {
  summary: 'Make a key; it is shown in this answer only.',
  scope: 'admin',
  input: z.object({
    name: z.string().trim().min(1).max(255),
    userName: z.string().trim().min(1).max(255).optional(),
    scopes: z
      .array(z.enum(['read', 'write', 'admin']))
      .min(1)
      .default(['read', 'write']),
    expiresAt: Instant.nullable().default(null),
  }),
  output: z.object({ apiKey: z.string(), key: ApiKey }),
})

export const listApiKeys = operation('keys.list', {
  summary: 'All keys, without their secrets.',
  scope: 'admin',
  input: Nothing,
  output: z.object({ keys: z.array(ApiKey) }),
})

export const deleteApiKey = operation('keys.delete', {
  summary: 'Withdraw a key at once.',
  scope: 'admin',
  input: z.object({ keyId: z.uuid() }),
  output: Done,
})
