import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconPlayerPause, IconPlayerPlayFilled, IconPlus } from '@tabler/icons-react'
import type { Import } from '../../../main/contract/index.ts'
import { LoadError } from '../../shared/ui/LoadError.tsx'
import { TopBar } from '../../shared/ui/TopBar.tsx'
import { EmptyUploads } from './EmptyUploads.tsx'
import { pauseAll, resumeAll } from './pause-resume.ts'
import { LoadingUploads } from './LoadingUploads.tsx'
import { isActive, isPausable } from './import-status.ts'
import { Uploads } from './Uploads.tsx'
import { useImport } from '../../shared/media/useImport.ts'
import { useImports } from './useImports.ts'
import page from '../../shared/ui/page.module.css'

/** Everything on its way into the library, from the disk it lies on to its scenes. */
export function UploadsPage() {
  const { imports, error, refetch } = useImports()
  const { pickFiles, pickFolder } = useImport()
  useHotkeys([['mod+O', pickFiles]])
  return (
    <>
      <TopBar title={<h1>Uploads</h1>} facts={<span className={page.wide}>Copied in 10 MB parts, each verified</span>}>
        {imports && <PauseAll imports={imports} />}
        <Button variant="default" onClick={pickFolder}>
          Add a folder
        </Button>
        <Button leftSection={<IconPlus size={16} stroke={1.75} />} onClick={pickFiles}>
          Add files
        </Button>
      </TopBar>
      {imports === undefined && !error && <LoadingUploads />}
      {imports === undefined && error && (
        <LoadError title="The uploads could not be loaded" error={error} onRetry={refetch}>
          Running uploads continue.
        </LoadError>
      )}
      {imports?.length === 0 && <EmptyUploads />}
      {imports && imports.length > 0 && <Uploads imports={imports} />}
    </>
  )
}

/** Holds everything while something goes on; else lets go on what is held. */
function PauseAll({ imports }: { imports: readonly Import[] }) {
  const paused = imports.some(({ status }) => status === 'paused')
  if (paused && !imports.some(isActive)) {
    return (
      <Button
        variant="default"
        leftSection={<IconPlayerPlayFilled size={14} />}
        onClick={() => void resumeAll(imports)}
      >
        Resume all
      </Button>
    )
  }
  if (!imports.some(isPausable)) return null
  return (
    <Button
      variant="default"
      leftSection={<IconPlayerPause size={16} stroke={1.75} />}
      onClick={() => void pauseAll(imports)}
    >
      Pause all
    </Button>
  )
}
