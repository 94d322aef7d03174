export { implementLinks } from './handlers.ts'
