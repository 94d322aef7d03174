export { servePort, type Port, type PortOptions } from './serve.ts'
