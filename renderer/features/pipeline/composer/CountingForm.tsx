import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core'
import {
  IconArrowsExchange,
  IconCornerDownRight,
  IconLine,
  IconPolygon,
  IconTrash,
  type TablerIcon,
} from '@tabler/icons-react'
import type { Counting, TaskRequest, Video } from '../../../../main/contract/index.ts'
import { mediaUrl } from '../../../shared/engine/bridge.ts'
import { changeRequest, type Problems, without } from './draft.ts'
import { ShapeEditor } from './ShapeEditor.tsx'
import { type Line, newLine, newZone, withCorner, type Zone } from './shapes.ts'
import classes from './Composer.module.css'

interface CountingFormProps {
  request: TaskRequest
  video: Video
  problems: Problems
}

/** Lines and zones on the picture, at which is counted what passes. */
export function CountingForm({ request, video, problems }: CountingFormProps) {
  const { width, height } = video.metadata
  if (width === null || height === null) return null
  const size = { width, height }
  const { lines = [], zones = [] } = request.counting ?? {}
  const change = (to: { lines?: readonly Line[]; zones?: readonly Zone[] }): void => {
    const next = { lines, zones, ...to }
    const counting = without({
      lines: next.lines.length > 0 ? next.lines : undefined,
      zones: next.zones.length > 0 ? next.zones : undefined,
    }) as Counting
    changeRequest({ counting: Object.keys(counting).length > 0 ? counting : undefined })
  }
  const isOff = request.track === false
  return (
    <section className={classes.part} aria-labelledby="composer-counting">
      <div className={classes.partHead}>
        <h2 id="composer-counting">Counting</h2>
        <div className={classes.adders}>
          <Button
            variant="default"
            disabled={isOff || lines.length >= MOST}
            leftSection={<IconLine size={16} stroke={1.75} />}
            onClick={() => change({ lines: [...lines, newLine(size, lines)] })}
          >
            Add line
          </Button>
          <Button
            variant="default"
            disabled={isOff || zones.length >= MOST}
            leftSection={<IconPolygon size={16} stroke={1.75} />}
            onClick={() => change({ zones: [...zones, newZone(size, zones)] })}
          >
            Add zone
          </Button>
        </div>
      </div>
      {lines.length + zones.length === 0 && (
        <p className={classes.hint}>
          {isOff
            ? 'Counting needs tracking. Switch on “Track objects” above.'
            : 'Counts objects that cross a line in either direction, and objects in a zone with their dwell time.'}
        </p>
      )}
      {lines.length + zones.length > 0 && (
        <ShapeEditor
          picture={mediaUrl(video.thumbnailUrl)}
          size={size}
          lines={lines}
          zones={zones}
          onLine={(at, line) => change({ lines: lines.with(at, line) })}
          onZone={(at, zone) => change({ zones: zones.with(at, zone) })}
        />
      )}
      <ul className={classes.shapes}>
        {lines.map((line, at) => (
          <ShapeRow
            key={`line ${at}`}
            kind="Line"
            name={line.name}
            problem={problems.get(`counting.lines.${at}.name`)}
            onName={(name) => change({ lines: lines.with(at, { ...line, name }) })}
            onRemove={() => change({ lines: lines.toSpliced(at, 1) })}
            act={{
              name: 'Reverse direction',
              icon: IconArrowsExchange,
              run: () => change({ lines: lines.with(at, { ...line, from: line.to, to: line.from }) }),
            }}
          />
        ))}
        {zones.map((zone, at) => (
          <ShapeRow
            key={`zone ${at}`}
            kind="Zone"
            name={zone.name}
            problem={problems.get(`counting.zones.${at}.name`)}
            onName={(name) => change({ zones: zones.with(at, { ...zone, name }) })}
            onRemove={() => change({ zones: zones.toSpliced(at, 1) })}
            act={{
              name: 'Add corner',
              icon: IconCornerDownRight,
              run: () => change({ zones: zones.with(at, withCorner(zone, zone.points.length - 1)) }),
            }}
          />
        ))}
      </ul>
    </section>
  )
}

/** Lines of a request, and zones. */
const MOST = 20

interface ShapeRowProps {
  kind: string
  name: string
  problem: string | undefined
  act: { readonly name: string; readonly icon: TablerIcon; readonly run: () => void }
  onName: (name: string) => void
  onRemove: () => void
}

function ShapeRow({ kind, name, problem, act, onName, onRemove }: ShapeRowProps) {
  const Icon = act.icon
  return (
    <li>
      <TextInput
        className={classes.grow}
        aria-label={`Name of the ${kind.toLowerCase()}`}
        value={name}
        maxLength={50}
        error={problem}
        onChange={({ currentTarget }) => onName(currentTarget.value)}
      />
      <Tooltip label={act.name}>
        <ActionIcon aria-label={`${act.name}: ${name}`} onClick={act.run}>
          <Icon size={16} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`Remove the ${kind.toLowerCase()}`}>
        <ActionIcon aria-label={`Remove ${name}`} onClick={onRemove}>
          <IconTrash size={16} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
    </li>
  )
}
