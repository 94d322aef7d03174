export { Analytics } from './analytics.ts'
export { Engagement } from './engagement.ts'
export { implementEngagement } from './handlers.ts'
export { Views } from './views.ts'
