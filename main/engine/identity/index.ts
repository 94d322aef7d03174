export { Identity, type Identified } from './identity.ts'
