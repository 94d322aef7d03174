import { Menu } from '@mantine/core'
import { IconBracketsContain } from '@tabler/icons-react'
import { type Command, shownKey } from '../keys.ts'
import { usePlaybackState, usePlayer } from '../player.ts'
import { ControlButton } from './ControlButton.tsx'

/** The in and out points. */
export function RangeMenu() {
  const { playback } = usePlayer()
  const marked = usePlaybackState(({ inPoint, outPoint }) => inPoint !== null || outPoint !== null)
  return (
    <Menu position="top" width={200}>
      <Menu.Target>
        <ControlButton name="In and out points" icon={IconBracketsContain} on={marked} />
      </Menu.Target>
      <Menu.Dropdown aria-label="In and out points">
        <Item name="Set the in point" command="markIn" onClick={() => playback.markIn()} />
        <Item name="Set the out point" command="markOut" onClick={() => playback.markOut()} />
        <Item name="Clear both" command="clearRange" onClick={() => playback.clearRange()} disabled={!marked} />
      </Menu.Dropdown>
    </Menu>
  )
}

interface ItemProps {
  name: string
  command: Command
  onClick: () => void
  disabled?: boolean
}

function Item({ name, command, onClick, disabled = false }: ItemProps) {
  return (
    <Menu.Item onClick={onClick} disabled={disabled} rightSection={<kbd>{shownKey(command)}</kbd>}>
      {name}
    </Menu.Item>
  )
}
