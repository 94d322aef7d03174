import type { SystemState } from '../../../main/contract/index.ts'

export interface StorageText {
  readonly title: string
  /** What to do; the folder's path follows it. */
  readonly advice: string
}

/** The message while the library folder is not in its place, or null while it is. */
export function storageText(storage: SystemState['storage']): StorageText | null {
  switch (storage) {
    case 'ok':
      return null
    case 'missing':
      return {
        title: 'The library folder is missing',
        advice: 'Connect its disk or put the folder back. Nothing is written until then. Its place:',
      }
    case 'replaced':
      return {
        title: 'The library folder was replaced by another folder or file',
        advice: 'Put the library folder back. Nothing is written until then. Its place:',
      }
  }
}
