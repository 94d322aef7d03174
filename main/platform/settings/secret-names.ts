/** What signs media links, what signs part URLs, and what tells viewers apart without their addresses. */
export const SECRET_NAMES = ['media_secret', 'upload_secret', 'viewer_secret'] as const
export type SecretName = (typeof SECRET_NAMES)[number]
