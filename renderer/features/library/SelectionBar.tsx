import { IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import type { Video } from '../../../main/contract/index.ts'
import { span } from '../../shared/format/time.ts'
import { SelectionAction, SelectionBar as Bar } from '../../shared/ui/SelectionBar.tsx'
import { useContributions } from '../../shared/registry/features.ts'
import { openVideo } from './actions.ts'
import { totalSeconds } from './rows.ts'
import { useSelection } from './selection.ts'
import { deleteSelected } from './useLibraryKeys.ts'

interface SelectionBarProps {
  /** All that are shown; the bar speaks of the selected ones among them. */
  videos: readonly Video[]
  /** How many there are in the library. */
  total: number
  detailsOpen: boolean
}

/** Floats over the grid while several videos are selected, or one that no details pane shows. */
export function SelectionBar({ videos, total, detailsOpen }: SelectionBarProps) {
  const selected = useSelection((selection) => selection.selected)
  const actions = useContributions('videoActions').filter(({ many }) => many)
  const some = videos.filter(({ videoId }) => selected.has(videoId))
  const [single, ...others] = some
  if (!single || (others.length === 0 && detailsOpen)) return null
  // Ctrl A takes what is loaded: say so where that is not all.
  const all = some.length > 1 && some.length === videos.length && videos.length < total
  const of = all ? ` of ${total.toLocaleString('en-GB')}` : ''
  return (
    <Bar
      label="Selected videos"
      amount={`${some.length.toLocaleString('en-GB')}${of} selected`}
      length={span(totalSeconds(some))}
      onClear={useSelection.getState().clear}
    >
      {others.length === 0 && <SelectionAction icon={IconPlayerPlay} name="Open" act={() => openVideo(single)} />}
      {actions.map(({ id, icon, name, run }) => (
        <SelectionAction key={id} icon={icon} name={name} act={() => void run(some)} />
      ))}
      <SelectionAction icon={IconTrash} name="Delete" act={() => void deleteSelected(videos, some)} />
    </Bar>
  )
}
