export { careForFootage } from './care-for-footage.ts'
export { ownerOf } from './footage.ts'
export type { FootageCare } from './footage-care.ts'
export { implementMaintenance } from './handlers.ts'
