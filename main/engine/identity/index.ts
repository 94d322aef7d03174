export { FailedSignIns } from './failed-sign-ins.ts'
export { Identity, prefixOf, type Identified } from './identity.ts'
export { weaknessOf } from './key-strength.ts'
