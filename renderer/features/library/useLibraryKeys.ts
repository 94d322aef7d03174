import { useHotkeys } from '@mantine/hooks'
import { knownVideo } from '../../shared/engine/videos.ts'
import type { VideoRef } from '../../shared/media/media.ts'
import { outsideDialogs } from '../../shared/ui/outside-dialogs.ts'
import { undoLast } from '../../shared/ui/undo.ts'
import { useContributions } from '../../shared/registry/features.ts'
import { useImport } from '../../shared/media/useImport.ts'
import { deleteVideos } from '../../shared/media/video-actions.ts'
import { refOf } from './actions.ts'
import { useSelection } from './selection.ts'
import type { Details } from './useDetails.ts'
import type { VideoSequence } from './video-sequence.ts'
import { useVisit } from './view.ts'

/** Element id of the search field, for the keys that lead to it. */
export const SEARCH_ID = 'library-search'

/** Keys that hold everywhere on the page, except while somebody types or answers a dialog. */
export function useLibraryKeys(videos: VideoSequence, details: Details): void {
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

function selectAll(videos: VideoSequence): void {
  useSelection.getState().change((now) => ({ ...now, selected: new Set(videos.slice(0, videos.length)) }))
}

/** What an action is about: the selected videos, or where nothing is selected the one the keyboard is on. */
export function chosen(videos: VideoSequence): VideoRef[] {
  const { selected, active } = useSelection.getState()
  const own = videos.among(selected).ids
  if (own.length > 0) return own.map(refOf)
  return active !== null && videos.indexOf(active) >= 0 ? [refOf(active)] : []
}

/** Deletes what is chosen and moves the keyboard to what comes after it. */
export async function deleteSelected(videos: VideoSequence, some = chosen(videos)): Promise<void> {
  if (some.length === 0) return
  const { clear, goTo } = useSelection.getState()
  const next = videos.survivor(new Set(some.map(({ videoId }) => videoId)))
  await deleteVideos(some)
  clear()
  goTo(next)
}

function renameSelected(videos: VideoSequence): void {
  const [one, ...others] = chosen(videos)
  const video = one && knownVideo(one.videoId)
  if (video && others.length === 0) useVisit.setState({ renaming: video })
}

function leave(details: Details): void {
  const { selected, clear } = useSelection.getState()
  if (selected.size > 0) clear()
  else if (details.overlay) details.close()
}
