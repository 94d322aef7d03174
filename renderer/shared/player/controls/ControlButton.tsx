import { ActionIcon, type ActionIconProps } from '@mantine/core'
import clsx from 'clsx'
import type { TablerIcon } from '@tabler/icons-react'
import type { ComponentPropsWithRef } from 'react'
import { Hint } from '../../ui/Hint.tsx'
import { type Command, shownKey } from '../keys.ts'
import quiet from '../../ui/control-tone.module.css'

interface ControlButtonProps extends ActionIconProps, Pick<ComponentPropsWithRef<'button'>, 'ref' | 'onClick'> {
  name: string
  icon: TablerIcon
  command?: Command
  /** Something other than usual is chosen here. */
  on?: boolean
}

/** A button of the control row: an icon with a name and a key. */
export function ControlButton({ name, icon: Icon, command, on = false, className, ...rest }: ControlButtonProps) {
  return (
    <Hint name={name} shown={command && shownKey(command)}>
      <ActionIcon aria-label={name} className={clsx(on ? quiet.on : quiet.quiet, className)} {...rest}>
        <Icon size={18} stroke={1.75} aria-hidden />
      </ActionIcon>
    </Hint>
  )
}
