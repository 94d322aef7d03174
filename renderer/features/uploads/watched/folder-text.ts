import type { WatchedFolder } from '../../../../main/contract/index.ts'
import { count } from '../../../shared/format/size.ts'

/** What is said of a watched folder. */
export interface FolderState {
  readonly text: string
  /** Why it is not looked at; empty while it is. */
  readonly reason: string
  /** What it brought and what is on its way. */
  readonly note: string
}

/** The state of a watched folder in words: what happens, and what of it goes on by itself. */
export function folderState({ state, errorMessage, settling, imported }: WatchedFolder): FolderState {
  const brought = imported === 0 ? 'Nothing imported yet' : `${count(imported, 'video')} imported`
  switch (state) {
    case 'watching':
      return {
        text: 'Watching',
        reason: '',
        note: settling === 0 ? brought : `${brought}, ${count(settling, 'file')} still being copied`,
      }
    case 'missing':
      return { text: 'Not found', reason: 'Fieldreel checks again automatically.', note: brought }
    case 'refused':
      return { text: errorMessage ?? 'Cannot be read', reason: 'Fieldreel checks again automatically.', note: brought }
  }
}

/** The last name of a path, which is what people call a folder. */
export function folderName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path
}
