import { z } from 'zod'
import { revokeLink, rotateSecrets } from '../../../../contract/index.ts'
import { route, type Route } from '../../route.ts'

const LINK = '/api/v2/videos/0b9f4a52-6a43-4c7e-9f0e-1f9d4d1d2c3b/file?expires=1764547200&signature=Jt0…'
const RevokeBody = z.object({ url: revokeLink.input.shape.url }).meta({ examples: [{ url: LINK }] })
const RevokedBody = z.object({ revoked: z.literal(true) }).meta({ examples: [{ revoked: true }] })
const RotatedBody = z.object({ rotated: z.literal(true) }).meta({ examples: [{ rotated: true }] })

/** Ours: the published dialect signs links and has no way to take one back. */
export const secretRoutes: readonly Route[] = [
  route({
    method: 'POST',
    id: 'revokeLink',
    path: '/links/revoke',
    operation: revokeLink,
    request: { body: RevokeBody },
    response: RevokedBody,
    failures: ['not_found', 'storage_full', 'storage_refused'],
    toInput: ({ body }) => body,
    toWire: () => ({ revoked: true as const }),
  }),
  route({
    method: 'POST',
    id: 'rotateSecrets',
    path: '/secrets/rotate',
    operation: rotateSecrets,
    request: {},
    response: RotatedBody,
    failures: ['storage_full', 'storage_refused'],
    toInput: () => ({}),
    toWire: () => ({ rotated: true as const }),
  }),
]
