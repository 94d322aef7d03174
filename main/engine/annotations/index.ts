export { Annotations } from './annotations.ts'
export { annotationsModule } from './module.ts'
