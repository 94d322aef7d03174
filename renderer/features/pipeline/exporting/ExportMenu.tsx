import { Button, Menu } from '@mantine/core'
import { IconBraces, IconDownload, IconFileTypeCsv, IconMovie, IconRoute, type TablerIcon } from '@tabler/icons-react'
import clsx from 'clsx'
import { type EXPORTS, getTaskResults, noteExport, type Task } from '../../../../main/contract/index.ts'
import { engine } from '../../../shared/engine/client.ts'
import { toastError } from '../../../shared/ui/toast.tsx'
import quiet from '../../../shared/ui/control-tone.module.css'
import { useRecord, useSession } from '../session.ts'
import { isOver } from '../task-text.ts'
import { saveAnnotated } from './annotated.tsx'
import { fileNameOf, saveText } from '../../../shared/files/save.ts'
import { motTable, sightingTable, trackTable } from './tables.ts'

/** What was found, as files that other programs read; of a task that runs, what was found so far. */
export function ExportMenu({ task }: { task: Task }) {
  const { record } = useSession()
  const { frameCount } = useRecord()
  const name = fileNameOf(task.title)
  const save = (file: ExportedFile, suffix: string, type: string, parts: readonly string[]): void => {
    saveText(`${name} ${suffix}`, type, parts)
    note(task, file)
  }
  const so = isOver(task) ? '' : ' so far'
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <Button
          variant="subtle"
          className={clsx(quiet.quiet)}
          disabled={frameCount === 0}
          leftSection={<IconDownload size={16} stroke={1.75} />}
        >
          Export{so}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Export">
        <Item
          icon={IconBraces}
          name="Results (JSON)"
          off={task.status !== 'succeeded'}
          onClick={() => void saveResults(task, name)}
        />
        <Item
          icon={IconFileTypeCsv}
          name="Tracks (CSV)"
          onClick={() => save('tracks', 'tracks.csv', 'text/csv', trackTable(record))}
        />
        <Item
          icon={IconFileTypeCsv}
          name="Sightings (CSV)"
          onClick={() => save('sightings', 'sightings.csv', 'text/csv', sightingTable(record))}
        />
        <Item
          icon={IconRoute}
          name="Tracks (MOT)"
          onClick={() => save('mot', 'mot.txt', 'text/plain', motTable(record))}
        />
        <Item icon={IconMovie} name="Annotated video (MP4)" off={!isOver(task)} onClick={() => saveAnnotated(task)} />
      </Menu.Dropdown>
    </Menu>
  )
}

interface ItemProps {
  icon: TablerIcon
  name: string
  off?: boolean
  onClick: () => void
}

function Item({ icon: Icon, name, off = false, onClick }: ItemProps) {
  return (
    <Menu.Item leftSection={<Icon size={16} stroke={1.75} />} disabled={off} onClick={onClick}>
      {name}
    </Menu.Item>
  )
}

type ExportedFile = (typeof EXPORTS)[number]

/** Tells the audit log of a file that this page made. */
function note({ taskId }: Task, file: ExportedFile): void {
  engine
    .run(noteExport, { taskId, file })
    .catch((error: unknown) => toastError(`The export was not recorded in the audit log. ${(error as Error).message}`))
}

async function saveResults(task: Task, name: string): Promise<void> {
  try {
    const results = await engine.run(getTaskResults, { taskId: task.taskId })
    saveText(`${name} results.json`, 'application/json', [JSON.stringify(results, null, 2), '\n'])
    note(task, 'results')
  } catch (error) {
    toastError(`The results were not saved. ${(error as Error).message}`)
  }
}
