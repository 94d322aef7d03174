import { IconUpload } from '@tabler/icons-react'
import { bridge } from '../../shared/engine/bridge.ts'
import { toastError } from '../../shared/ui/toast.tsx'
import { useFileDrop } from './useFileDrop.ts'
import { useImport } from '../../shared/media/useImport.ts'
import classes from './DropTarget.module.css'

/** Takes footage dropped anywhere in the window, files and folders. */
export function DropTarget() {
  const { importPaths } = useImport()
  const over = useFileDrop((files) => {
    const paths = files.map((file) => bridge.pathOf(file)).filter((path) => path !== '')
    if (paths.length > 0) importPaths(paths)
    else toastError('This is not a file on this computer. Save it to disk first, then drop it here.')
  })
  if (!over) return null
  return (
    <div className={classes.overlay}>
      <div className={classes.zone} role="status">
        <IconUpload size={32} stroke={1.5} aria-hidden />
        <strong>Drop your footage here</strong>
        <span>Files, folders or a whole camera card. MP4, MOV, M4V, WebM and AVI.</span>
      </div>
    </div>
  )
}
