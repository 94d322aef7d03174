export { implementAdjustment } from './adjustment.ts'
export { analysisHandler, picturesHandler } from './analysis.ts'
export { implementAnalysis } from './handlers.ts'
export { analysisModule } from './module.ts'
