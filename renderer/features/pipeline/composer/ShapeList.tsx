import { Group, Stack, TextInput } from '@mantine/core'
import { IconArrowsExchange, IconCornerDownRight, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { IconButton } from '../../../shared/ui/IconButton.tsx'
import type { Problems } from './draft.ts'
import type { ShapeEditing } from './ShapeEditor.tsx'
import { withCorner } from './shapes.ts'

/** The names of the lines and zones, and what else can be done with each. */
export function ShapeList({ lines, zones, onLines, onZones, problems }: ShapeEditing & { problems: Problems }) {
  return (
    <Stack component="ul" gap={8} maw={420} mt={12} mb={0} p={0} style={{ listStyle: 'none' }}>
      {lines.map((line, at) => (
        <ShapeRow
          key={`line ${at}`}
          kind="line"
          name={line.name}
          problem={problems.get(`counting.lines.${at}.name`)}
          onName={(name) => onLines(lines.with(at, { ...line, name }))}
          onRemove={() => onLines(lines.toSpliced(at, 1))}
        >
          <IconButton
            name={`Reverse direction: ${line.name}`}
            icon={IconArrowsExchange}
            onClick={() => onLines(lines.with(at, { ...line, from: line.to, to: line.from }))}
          />
        </ShapeRow>
      ))}
      {zones.map((zone, at) => (
        <ShapeRow
          key={`zone ${at}`}
          kind="zone"
          name={zone.name}
          problem={problems.get(`counting.zones.${at}.name`)}
          onName={(name) => onZones(zones.with(at, { ...zone, name }))}
          onRemove={() => onZones(zones.toSpliced(at, 1))}
        >
          <IconButton
            name={`Add corner: ${zone.name}`}
            icon={IconCornerDownRight}
            onClick={() => onZones(zones.with(at, withCorner(zone, zone.points.length - 1)))}
          />
        </ShapeRow>
      ))}
    </Stack>
  )
}

interface ShapeRowProps {
  kind: 'line' | 'zone'
  name: string
  problem: string | undefined
  /** Its own button. */
  children: ReactNode
  onName: (name: string) => void
  onRemove: () => void
}

function ShapeRow({ kind, name, problem, children, onName, onRemove }: ShapeRowProps) {
  return (
    <Group component="li" gap={6} wrap="nowrap" align="center">
      <TextInput
        flex={1}
        aria-label={`Name of the ${kind}`}
        value={name}
        maxLength={50}
        error={problem}
        onChange={({ currentTarget }) => onName(currentTarget.value)}
      />
      {children}
      <IconButton name={`Remove ${name}`} icon={IconTrash} onClick={onRemove} />
    </Group>
  )
}
