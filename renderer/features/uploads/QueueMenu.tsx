import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArrowBarToDown,
  IconArrowBarToUp,
  IconArrowDown,
  IconArrowUp,
  IconDots,
  type TablerIcon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Import } from '../../../main/contract/index.ts'
import type { ImportOrder } from './useImportOrder.ts'

interface QueueMenuProps {
  import: Import
  order: ImportOrder
}

/** Ways to change a file's place in line without a mouse, and over any distance. */
export function QueueMenu({ import: { importId, filename }, order }: QueueMenuProps) {
  const { above, below } = order.neighbours(importId)
  return (
    <Menu position="bottom-end" width={200} returnFocus>
      <Menu.Target>
        <ActionIcon size={26} aria-label={`Queue position of ${filename}`}>
          <IconDots size={16} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={`Queue position of ${filename}`}>
        <Move icon={IconArrowBarToUp} off={above === null} onClick={() => order.toTop(importId)}>
          Move to top
        </Move>
        <Move
          icon={IconArrowUp}
          keys="Alt ↑"
          off={above === null}
          onClick={() => above && order.moveTo(importId, above)}
        >
          Move up
        </Move>
        <Move
          icon={IconArrowDown}
          keys="Alt ↓"
          off={below === null}
          onClick={() => below && order.moveTo(importId, below)}
        >
          Move down
        </Move>
        <Move icon={IconArrowBarToDown} off={below === null} onClick={() => order.toBottom(importId)}>
          Move to bottom
        </Move>
      </Menu.Dropdown>
    </Menu>
  )
}

interface MoveProps {
  icon: TablerIcon
  keys?: string
  off: boolean
  onClick: () => void
  children: ReactNode
}

function Move({ icon: Icon, keys, off, onClick, children }: MoveProps) {
  return (
    <Menu.Item
      leftSection={<Icon size={16} stroke={1.75} />}
      rightSection={keys && <kbd>{keys}</kbd>}
      disabled={off}
      onClick={onClick}
    >
      {children}
    </Menu.Item>
  )
}
