import { Button } from '@mantine/core'
import { IconFolderOpen, IconUpload } from '@tabler/icons-react'
import { Link } from 'wouter'
import { bridge } from '../../shared/engine/bridge.ts'
import { useImport } from '../../shared/media/useImport.ts'
import classes from './EmptyUploads.module.css'

/** What belongs here while nothing is on its way. */
export function EmptyUploads() {
  const { pickFiles, pickFolder } = useImport()
  return (
    <div className={classes.empty}>
      <IconUpload size={28} stroke={1.5} aria-hidden />
      <h2>No uploads</h2>
      <p>
        Files you add are listed here until they are copied, verified and split into scenes. An interrupted upload
        continues from its last part.
      </p>
      <div className={classes.actions}>
        <Button leftSection={<IconFolderOpen size={16} stroke={1.75} />} onClick={pickFiles}>
          Choose files
        </Button>
        <Button variant="default" onClick={pickFolder}>
          Choose a folder
        </Button>
      </div>
      <p className={classes.hint}>
        Drop footage anywhere in this window, or press <kbd>{bridge.platform === 'darwin' ? '⌘ O' : 'Ctrl O'}</kbd>
      </p>
      <p className={classes.hint}>
        Or import automatically: <Link href="/settings/watched">watch a folder</Link>
      </p>
    </div>
  )
}
