export type { Authenticate, Identity } from './authentication.ts'
export { startServer, type HttpServer, type ServerOptions } from './server.ts'
export { metadataToWire } from './aionvision/metadata-wire.ts'
