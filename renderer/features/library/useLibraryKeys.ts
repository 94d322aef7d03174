import { useHotkeys } from '@mantine/hooks'
import type { Video } from '../../../main/contract/index.ts'
import { outsideDialogs } from '../../shared/ui/outside-dialogs.ts'
import { undoLast } from '../../shared/ui/undo.ts'
import { useContributions } from '../../shared/registry/features.ts'
import { useImport } from '../../shared/media/useImport.ts'
import { deleteVideos } from '../../shared/media/video-actions.ts'
import { survivor } from '../../shared/grid/selection.ts'
import { useSelection } from './selection.ts'
import type { Details } from './useDetails.ts'
import { useVisit } from './view.ts'

/** Element id of the search field, for the keys that lead to it. */
export const SEARCH_ID = 'library-search'

/** Keys that hold everywhere on the page, except while somebody types or answers a dialog. */
export function useLibraryKeys(videos: readonly Video[], details: Details): void {
  const importing = useImport()
  const actions = useContributions('videoActions')
  const keys: [string, () => void][] = [
    ['/', focusSearch],
    ['mod+F', focusSearch],
    ['mod+O', () => importing.pickFiles()],
    ['mod+A', () => selectAll(videos)],
    ['mod+Z', () => void undoLast()],
    ['Delete', () => void deleteSelected(videos)],
    ['mod+Backspace', () => void deleteSelected(videos)],
    ['F2', () => renameSelected(videos)],
    ['D', details.toggle],
    ...actions.flatMap(({ key, run }): [string, () => void][] =>
      key ? [[key.hotkey, () => void run(chosen(videos))]] : [],
    ),
    ['Escape', () => leave(details)],
  ]
  useHotkeys(keys.map(([key, act]) => [key, outsideDialogs(act)]))
}

function focusSearch(): void {
  const field = document.getElementById(SEARCH_ID)
  if (field instanceof HTMLInputElement) field.select()
  field?.focus()
}

function selectAll(videos: readonly Video[]): void {
  useSelection.getState().change((now) => ({ ...now, selected: new Set(videos.map(({ videoId }) => videoId)) }))
}

/** What an action is about: the selected videos, or where nothing is selected the one the keyboard is on. */
export function chosen(videos: readonly Video[]): Video[] {
  const { selected, active } = useSelection.getState()
  const own = videos.filter(({ videoId }) => selected.has(videoId))
  return own.length > 0 ? own : videos.filter(({ videoId }) => videoId === active)
}

/** Deletes what is chosen and moves the keyboard to what comes after it. */
export async function deleteSelected(videos: readonly Video[], some = chosen(videos)): Promise<void> {
  if (some.length === 0) return
  const order = videos.map(({ videoId }) => videoId)
  const { clear, goTo } = useSelection.getState()
  await deleteVideos(some)
  clear()
  goTo(survivor(order, new Set(some.map(({ videoId }) => videoId))))
}

function renameSelected(videos: readonly Video[]): void {
  const [video, ...others] = chosen(videos)
  if (video && others.length === 0) useVisit.setState({ renaming: video })
}

function leave(details: Details): void {
  const { selected, clear } = useSelection.getState()
  if (selected.size > 0) clear()
  else if (details.overlay) details.close()
}
