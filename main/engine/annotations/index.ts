export { Annotations } from './annotations.ts'
export { implementAnnotations } from './handlers.ts'
