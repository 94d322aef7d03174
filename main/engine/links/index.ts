export { implementLinks } from './handlers.ts'
export { lastPartOf } from './target.ts'
