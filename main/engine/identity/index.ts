export { Identity, prefixOf, type Identified } from './identity.ts'
