export { download, type Download, type Downloaded } from './download.ts'
export { checkUrl, hostOf } from './guard.ts'
