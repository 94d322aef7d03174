export { Catalogue } from './catalogue.ts'
export { implementCatalogue } from './handlers.ts'
