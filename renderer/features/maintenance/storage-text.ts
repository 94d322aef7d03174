import type { SystemState } from '../../../main/contract/index.ts'

export interface StorageText {
  readonly title: string
  /** What to do; the folder's path follows it. */
  readonly advice: string
}

/** What a person is told while the library folder is not in its place, or null while it is. */
export function storageText(storage: SystemState['storage']): StorageText | null {
  switch (storage) {
    case 'ok':
      return null
    case 'missing':
      return {
        title: 'The library folder is not there any more',
        advice: 'Connect its disk or put the folder back; nothing is written until then. It belongs at',
      }
    case 'replaced':
      return {
        title: 'Another folder or file lies where the library was',
        advice: 'Put the library back in its place; nothing is written until then. It belongs at',
      }
  }
}
