export { Identity, type Identified } from './identity.ts'
export { FailedSignIns, type FailedSignIn } from './failed-sign-ins.ts'
export { weaknessOf } from './key-strength.ts'
