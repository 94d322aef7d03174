import { ActionIcon, Button } from '@mantine/core'
import { IconLayoutSidebarRight, IconMovie, IconSubtask, IconTrash } from '@tabler/icons-react'
import clsx from 'clsx'
import type { Video } from '../../../main/contract/index.ts'
import { TopBar } from '../../shared/ui/TopBar.tsx'
import { AddVideo } from '../albums/picker/AddVideo.tsx'
import { composeFor } from '../pipeline/composer/draft.ts'
import { activityOf } from '../../shared/media/activity-text.ts'
import { Crumbs } from '../../shared/ui/Crumbs.tsx'
import { shortFacts } from './facts.ts'
import { Hint } from '../../shared/ui/Hint.tsx'
import { TitleField } from './TitleField.tsx'
import type { Pane } from '../../shared/pane/usePane.ts'
import { useVideoActions } from '../../shared/media/useVideoActions.ts'
import quiet from '../../shared/ui/control-tone.module.css'
import classes from './VideoBar.module.css'

export function VideoBar({ video, pane }: { video: Video; pane: Pane }) {
  const { findScenes, remove } = useVideoActions(video)
  const analysis = activityOf(video, 'analysis')
  const searching = analysis !== null && analysis.status !== 'failed'
  return (
    <TopBar
      title={
        <Crumbs>
          <TitleField video={video} />
        </Crumbs>
      }
      facts={shortFacts(video)}
    >
      <Hint name={searching ? 'Scenes are being found' : 'Find scenes again'}>
        <Button
          variant="subtle"
          color="gray"
          className={clsx(classes.find, quiet.quiet)}
          leftSection={<IconMovie size={16} stroke={1.75} />}
          aria-label="Find scenes again"
          data-disabled={searching}
          aria-disabled={searching}
          onClick={() => !searching && findScenes()}
        >
          <span className={classes.words}>Find scenes again</span>
        </Button>
      </Hint>
      <Hint name="New task on this video">
        <ActionIcon
          className={clsx(quiet.quiet)}
          aria-label="New task on this video"
          onClick={() => composeFor(video.videoId)}
        >
          <IconSubtask size={16} stroke={1.75} />
        </ActionIcon>
      </Hint>
      <AddVideo video={video} />
      <Hint name="Delete">
        <ActionIcon className={clsx(quiet.quiet)} aria-label="Delete video" onClick={remove}>
          <IconTrash size={16} stroke={1.75} />
        </ActionIcon>
      </Hint>
      <Hint name={pane.shown ? 'Hide the side pane' : 'Show the side pane'} shown="D">
        <ActionIcon
          aria-label="Side pane"
          aria-pressed={pane.shown}
          className={clsx(pane.shown ? quiet.on : quiet.quiet)}
          onClick={pane.toggle}
        >
          <IconLayoutSidebarRight size={16} stroke={1.75} />
        </ActionIcon>
      </Hint>
    </TopBar>
  )
}
