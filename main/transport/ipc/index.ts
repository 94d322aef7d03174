export { servePort, type Port } from './serve.ts'
