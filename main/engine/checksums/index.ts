export { Checksums, STREAM } from './checksums.ts'
