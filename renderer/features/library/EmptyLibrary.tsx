import { Button } from '@mantine/core'
import { IconFolderOpen, IconLock, IconMovie, IconShieldCheck, IconUpload } from '@tabler/icons-react'
import { MAX_UPLOAD_BYTES, PART_BYTES } from '../../../main/contract/index.ts'
import { openKeyMap } from '../../shared/ui/key-map-state.ts'
import { type Lesson, Lessons } from '../../shared/ui/Lessons.tsx'
import { useImport } from '../../shared/media/useImport.ts'
import { EmptyArt } from './EmptyArt.tsx'
import classes from './EmptyLibrary.module.css'

const MEBIBYTE = 2 ** 20

const LESSONS: readonly Lesson[] = [
  {
    icon: IconUpload,
    name: 'Copied safely',
    text: `In ${PART_BYTES / MEBIBYTE} MB parts, each one checked. Up to ${MAX_UPLOAD_BYTES / MEBIBYTE / 1024} GB a file.`,
  },
  { icon: IconMovie, name: 'Cut into scenes', text: 'Each with a picture, so a long take can be read at a glance.' },
  {
    icon: IconShieldCheck,
    name: 'Kept here',
    text: 'The original stays as it is, byte for byte, in your data folder.',
  },
]

/** What the library shows before there is anything in it: what belongs here, how to bring it, what happens then. */
export function EmptyLibrary() {
  const importing = useImport()
  return (
    <div className={classes.page}>
      <section className={classes.zone} aria-labelledby="empty-title">
        <EmptyArt />
        <h2 id="empty-title">Drop your footage here</h2>
        <p>Files, folders or a whole camera card. MP4, MOV, M4V, AVI and WebM.</p>
        <div className={classes.actions}>
          <Button leftSection={<IconFolderOpen size={16} stroke={1.75} />} h={34} onClick={() => importing.pickFiles()}>
            Choose files
          </Button>
          <Button variant="default" h={34} onClick={() => importing.pickFolder()}>
            Choose a folder
          </Button>
        </div>
        <span className={classes.key}>
          or press <kbd>Ctrl O</kbd>
        </span>
      </section>
      <div className={classes.lessons}>
        <Lessons lessons={LESSONS} />
      </div>
      <footer className={classes.foot}>
        <IconLock size={16} stroke={1.75} aria-hidden />
        <span>Everything stays on this computer. No account, no network needed.</span>
        <button type="button" className={classes.shortcuts} onClick={openKeyMap}>
          All shortcuts <kbd>?</kbd>
        </button>
      </footer>
    </div>
  )
}
