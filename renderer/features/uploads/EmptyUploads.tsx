import { Button, Group } from '@mantine/core'
import { IconFolderOpen, IconUpload } from '@tabler/icons-react'
import { Link } from 'wouter'
import { bridge } from '../../shared/engine/bridge.ts'
import { useImport } from '../../shared/media/useImport.ts'
import { EmptyPlace } from '../../shared/ui/EmptyPlace.tsx'

/** The page while there are no uploads. */
export function EmptyUploads() {
  const { pickFiles, pickFolder } = useImport()
  return (
    <EmptyPlace
      icon={IconUpload}
      title="No uploads"
      text="Drop footage anywhere in this window. Files are listed here until they are copied, verified and split into scenes. An interrupted upload continues from its last part."
      action={
        <Group gap={8}>
          <Button leftSection={<IconFolderOpen size={16} stroke={1.75} />} onClick={pickFiles}>
            Choose files
          </Button>
          <Button variant="default" onClick={pickFolder}>
            Choose a folder
          </Button>
        </Group>
      }
      keyName={bridge.platform === 'darwin' ? '⌘ O' : 'Ctrl O'}
    >
      Or import automatically: <Link href="/settings/watched">watch a folder</Link>
    </EmptyPlace>
  )
}
