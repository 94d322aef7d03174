import { z } from 'zod'
import { Nothing, operation } from '../operation.ts'

/** Scheme, host and port of a web page, as browsers send it in `Origin`: `https://reel.example.com`. */
export const WebOrigin = z
  .string()
  .trim()
  .max(300)
  .transform((text, context) => {
    if (/^https?:\/\/[^/?#@*]+\/?$/i.test(text) && URL.canParse(text)) return new URL(text).origin
    context.addIssue({ code: 'custom', message: 'Expected an origin such as https://reel.example.com.' })
    return z.NEVER
  })

/** The optional HTTP server on this machine. */
export const ServerState = z.object({
  running: z.boolean(),
  /** Root of all dialects; null while off. */
  url: z.string().nullable(),
  /** The port asked for; 0 lets the system choose. */
  port: z.int().min(0).max(65_535),
  errorMessage: z.string().nullable(),
  /** ID-61: whose pages may use it, beside those that the environment names. */
  allowedOrigins: z.array(z.string()),
  /** The second, encrypted door for other machines of the local network; off unless chosen. */
  network: z.object({
    running: z.boolean(),
    /** `https://address:port` of each address this machine has in its networks. */
    urls: z.array(z.string()),
    /** SHA-256 of the certificate, `AB:CD:…`, for a person to compare; null while there is none. */
    fingerprint: z.string().nullable(),
    errorMessage: z.string().nullable(),
  }),
})
export type ServerState = z.infer<typeof ServerState>

export const getServer = operation('server.get', {
  summary: 'State and address of the local server.',
  scope: 'admin',
  input: Nothing,
  output: ServerState,
})

export const setServer = operation('server.set', {
  summary:
    'Turn the local server, access from the local network, and that of web pages, on or off. The choice is saved.',
  scope: 'admin',
  input: z.object({
    running: z.boolean(),
    port: z.int().min(0).max(65_535).optional(),
    /** Whether other machines of the local network may come in, over TLS. Left as it is when not given. */
    network: z.boolean().optional(),
    /** ID-61. Left as they are when not given. */
    allowedOrigins: z.array(WebOrigin).max(50).optional(),
  }),
  output: ServerState,
  audit: { target: () => null, details: (choice) => ({ ...choice }) },
})
