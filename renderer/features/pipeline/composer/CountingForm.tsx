import { Button, Group } from '@mantine/core'
import { IconLine, IconPolygon } from '@tabler/icons-react'
import type { Counting, TaskRequest, Video } from '../../../../main/contract/index.ts'
import { mediaUrl } from '../../../shared/engine/bridge.ts'
import { ComposerSection } from './ComposerSection.tsx'
import { changeRequest, type Problems, without } from './draft.ts'
import { ShapeEditor } from './ShapeEditor.tsx'
import { ShapeList } from './ShapeList.tsx'
import { type Line, newLine, newZone, type Zone } from './shapes.ts'
import classes from './composer.module.css'

/** Lines of a request at most, and zones. */
const MOST = 20

interface CountingFormProps {
  request: TaskRequest
  video: Video
  problems: Problems
}

/** Lines and zones on the picture at which objects are counted. */
export function CountingForm({ request, video, problems }: CountingFormProps) {
  const { width, height } = video.metadata
  if (width === null || height === null) return null
  const size = { width, height }
  const { lines = [], zones = [] } = request.counting ?? {}
  const isOff = request.track === false
  const isEmpty = lines.length + zones.length === 0
  const editing = { lines, zones, onLines: setLines, onZones: setZones }
  function setLines(to: readonly Line[]): void {
    changeCounting(to, zones)
  }
  function setZones(to: readonly Zone[]): void {
    changeCounting(lines, to)
  }
  const adders = (
    <Group gap={8}>
      <Button
        variant="default"
        disabled={isOff || lines.length >= MOST}
        leftSection={<IconLine size={16} stroke={1.75} />}
        onClick={() => setLines([...lines, newLine(size, lines)])}
      >
        Add line
      </Button>
      <Button
        variant="default"
        disabled={isOff || zones.length >= MOST}
        leftSection={<IconPolygon size={16} stroke={1.75} />}
        onClick={() => setZones([...zones, newZone(size, zones)])}
      >
        Add zone
      </Button>
    </Group>
  )
  return (
    <ComposerSection name="Counting" aside={adders}>
      {isEmpty ? (
        <p className={classes.hint}>
          {isOff
            ? 'Counting needs tracking. Switch on “Track objects” above.'
            : 'Counts objects that cross a line in either direction, and objects in a zone with their dwell time.'}
        </p>
      ) : (
        <>
          <ShapeEditor picture={mediaUrl(video.thumbnailUrl)} size={size} {...editing} />
          <ShapeList problems={problems} {...editing} />
        </>
      )}
    </ComposerSection>
  )
}

function changeCounting(lines: readonly Line[], zones: readonly Zone[]): void {
  const counting = without({
    lines: lines.length > 0 ? lines : undefined,
    zones: zones.length > 0 ? zones : undefined,
  }) as Counting
  changeRequest({ counting: Object.keys(counting).length > 0 ? counting : undefined })
}
