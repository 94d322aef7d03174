export { download, type Download } from './download.ts'
export { checkUrl, hostOf } from './guard.ts'
