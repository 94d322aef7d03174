export { Analytics } from './analytics.ts'
export { Views } from './views.ts'
export { engagementModule } from './module.ts'
