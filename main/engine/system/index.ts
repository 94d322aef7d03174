export { Changes } from './changes.ts'
export { implementSystem } from './handlers.ts'
export { EVERY_MINUTE, HOURLY, Upkeep } from './upkeep.ts'
