import { ActionIcon, Tooltip } from '@mantine/core'
import type { TablerIcon } from '@tabler/icons-react'

interface IconButtonProps {
  icon: TablerIcon
  /** In the tooltip, and for screen readers. */
  name: string
  /** For screen readers, where the name alone does not say what it acts on. */
  label?: string
  disabled?: boolean
  onClick: () => void
}

/** A small button that is an icon with a tooltip. */
export function IconButton({ icon: Icon, name, label = name, disabled = false, onClick }: IconButtonProps) {
  return (
    <Tooltip label={name}>
      <ActionIcon size={26} aria-label={label} disabled={disabled} onClick={onClick}>
        <Icon size={16} stroke={1.75} />
      </ActionIcon>
    </Tooltip>
  )
}
