import { serveWorker } from '../../platform/processes/index.ts'
import { parseLarge } from './large-json.ts'

// Entry of the thread that parses long bodies.
serveWorker<Uint8Array, unknown>(async (body) => parseLarge(body))
