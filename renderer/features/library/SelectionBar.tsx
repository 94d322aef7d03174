import { IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useMemo } from 'react'
import { span } from '../../shared/format/time.ts'
import { SelectionAction, SelectionBar as Bar } from '../../shared/ui/SelectionBar.tsx'
import { useContributions } from '../../shared/registry/features.ts'
import { openVideo, refOf } from './actions.ts'
import { useSelection } from './selection.ts'
import { deleteSelected } from './useLibraryKeys.ts'
import type { VideoSequence } from './video-sequence.ts'

interface SelectionBarProps {
  /** All that are shown; the bar speaks of the selected ones among them. */
  videos: VideoSequence
  detailsOpen: boolean
}

/** Floats over the grid while several videos are selected, or one that no details pane shows. */
export function SelectionBar({ videos, detailsOpen }: SelectionBarProps) {
  const selected = useSelection((selection) => selection.selected)
  const actions = useContributions('videoActions').filter(({ many }) => many)
  const { ids, seconds } = useMemo(() => videos.among(selected), [videos, selected])
  const [single, ...others] = ids.slice(0, 2)
  if (single === undefined || (others.length === 0 && detailsOpen)) return null
  return (
    <Bar
      label="Selected videos"
      amount={`${ids.length.toLocaleString('en-GB')} selected`}
      length={span(seconds)}
      onClear={useSelection.getState().clear}
    >
      {others.length === 0 && (
        <SelectionAction icon={IconPlayerPlay} name="Open" act={() => openVideo({ videoId: single })} />
      )}
      {actions.map(({ id, icon, name, run }) => (
        <SelectionAction key={id} icon={icon} name={name} act={() => void run(ids.map(refOf))} />
      ))}
      <SelectionAction icon={IconTrash} name="Delete" act={() => void deleteSelected(videos, ids.map(refOf))} />
    </Bar>
  )
}
