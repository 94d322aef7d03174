export { Annotations } from './annotations.ts'
export { implementAnnotations } from './handlers.ts'
export { annotationsModule } from './module.ts'
