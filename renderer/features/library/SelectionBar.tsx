import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconObjectScan, IconPlayerPlay, IconTrash, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Video } from '../../../main/contract/index.ts'
import { span } from '../../shared/format/time.ts'
import { findScenesAgain, openVideo } from './actions.ts'
import { totalSeconds } from './rows.ts'
import { useSelection } from './selection.ts'
import { deleteSelected } from './useLibraryKeys.ts'
import classes from './SelectionBar.module.css'

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
  const some = videos.filter(({ videoId }) => selected.has(videoId))
  const [single, ...others] = some
  if (!single || (others.length === 0 && detailsOpen)) return null
  // Ctrl A takes what is loaded: say so where that is not all.
  const all = some.length > 1 && some.length === videos.length && videos.length < total
  return (
    <div className={classes.bar} role="toolbar" aria-label="Selected videos">
      <span className={classes.facts} role="status">
        <b>
          {some.length.toLocaleString('en-GB')}
          {all ? ` of ${total.toLocaleString('en-GB')}` : ''} selected
        </b>
        {span(totalSeconds(some))}
      </span>
      {others.length === 0 && (
        <Action icon={<IconPlayerPlay size={16} stroke={1.75} />} name="Open" act={() => openVideo(single)} />
      )}
      <Action
        icon={<IconObjectScan size={16} stroke={1.75} />}
        name="Find scenes again"
        act={() => void findScenesAgain(some)}
      />
      <Action
        icon={<IconTrash size={16} stroke={1.75} />}
        name="Delete"
        act={() => void deleteSelected(videos, some)}
      />
      <span className={classes.rule} />
      <Tooltip label="Clear selection (Esc)">
        <ActionIcon aria-label="Clear selection" onClick={useSelection.getState().clear}>
          <IconX size={16} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}

function Action({ icon, name, act }: { icon: ReactNode; name: string; act: () => void }) {
  return (
    <Button variant="subtle" color="gray" leftSection={icon} onClick={act} className={classes.action}>
      {name}
    </Button>
  )
}
