import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconFocusCentered, IconSearch } from '@tabler/icons-react'
import clsx from 'clsx'
import { type KeyboardEvent, useDeferredValue, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { AdjustPanel } from '../adjustment/AdjustPanel.tsx'
import { useAdjustment } from '../adjustment/adjustment.ts'
import { ADJUST_ID } from '../adjustment/focus-adjust.ts'
import { Hint } from '../../../shared/ui/Hint.tsx'
import { usePlayer } from '../../../shared/player/player.ts'
import { useOpenVideo } from '../../../shared/video-page/open-video.ts'
import { findScenes } from '../scene-text.ts'
import { FIND_ID } from './focus-find.ts'
import { SceneList } from './SceneList.tsx'
import { ScenesNote } from './ScenesNote.tsx'
import quiet from '../../../shared/ui/control-tone.module.css'
import classes from './Scenes.module.css'

/** The list of scenes: it follows playback until it is scrolled by hand. */
export function Scenes() {
  const { scenes } = useOpenVideo()
  const { playback } = usePlayer()
  const adjustment = useAdjustment()
  const adjusting = useStore(adjustment.state, ({ open }) => open)
  const [text, setText] = useState('')
  const [following, setFollowing] = useState(true)
  const sought = useDeferredValue(text)
  const found = useMemo(() => findScenes(scenes, sought), [scenes, sought])
  const onKeyDown = (event: KeyboardEvent): void => {
    const first = scenes[found[0] ?? -1]
    if (event.key === 'Enter' && first) playback.seekToFrame(first.startTime)
    if (event.key !== 'Escape' || text === '') return
    event.stopPropagation()
    setText('')
  }
  return (
    <>
      <div className={classes.head}>
        <TextInput
          id={FIND_ID}
          className={classes.find}
          placeholder="Find in this video"
          aria-label="Find in this video"
          leftSection={<IconSearch size={16} stroke={1.75} />}
          value={text}
          disabled={scenes.length === 0}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <Hint name="Keep the current scene in view">
          <Button
            variant={following ? 'subtle' : 'default'}
            className={clsx(following && quiet.on)}
            aria-pressed={following}
            leftSection={<IconFocusCentered size={16} stroke={1.75} />}
            onClick={() => setFollowing(!following)}
          >
            Follow
          </Button>
        </Hint>
        <Hint name="Adjust scenes…" shown="A">
          <ActionIcon
            id={ADJUST_ID}
            className={clsx(adjusting ? quiet.on : quiet.quiet)}
            aria-label="Adjust scenes…"
            aria-expanded={adjusting}
            disabled={scenes.length === 0}
            onClick={adjusting ? adjustment.close : adjustment.open}
          >
            <IconAdjustmentsHorizontal size={16} stroke={1.75} />
          </ActionIcon>
        </Hint>
      </div>
      {adjusting && <AdjustPanel />}
      <ScenesNote />
      {scenes.length > 0 && found.length === 0 && (
        <div className={classes.empty} role="status">
          <strong>No scene matches “{sought}”</strong>
          <p>Numbers, times such as 2:41, descriptions, tags and seen text are searched.</p>
          <Button variant="default" onClick={() => setText('')}>
            Clear the search
          </Button>
        </div>
      )}
      {found.length > 0 && (
        <SceneList
          scenes={scenes}
          found={found}
          following={following && text === ''}
          onScrolled={() => setFollowing(false)}
        />
      )}
    </>
  )
}
