import { useEffect, useState } from 'react'
import { listScenes, type Scene, type Video } from '../../../main/contract/index.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { Controls } from './controls/Controls.tsx'
import { SidePane } from './pane/SidePane.tsx'
import { useNotes } from './notes/useNotes.ts'
import { Picture } from './picture/Picture.tsx'
import type { PlayedFrames } from './playback-state.ts'
import { createPlayer, type Player, PlayerContext } from './player.ts'
import { Timeline } from './timeline/Timeline.tsx'
import { useCommands } from './useCommands.ts'
import { useFrames } from './useFrames.ts'
import { useFullScreen } from './useFullScreen.ts'
import { type Pane, usePane } from './usePane.ts'
import { VideoBar } from './VideoBar.tsx'
import { useWatchReport } from './watching/useWatchReport.ts'
import { useView } from './view-store.ts'
import classes from './VideoPage.module.css'

const NO_SCENES: readonly Scene[] = []

export function OpenVideo({ video }: { video: Video }) {
  const [player] = useState(createPlayer)
  const { data, isPending } = useEngine('videos', listScenes, { videoId: video.videoId })
  const scenes = data?.scenes ?? NO_SCENES
  const pane = usePane()
  const fullScreen = useFullScreen()
  useFootage(player, video, scenes, useFrames(video))
  useAdjustmentIn(player, pane)
  useNotes(player, video.videoId)
  useWatchReport(player, video.videoId)
  useCommands(player, {
    togglePane: pane.toggle,
    openPane: pane.open,
    toggleFullScreen: fullScreen.toggle,
    leaveFullScreen: fullScreen.leave,
  })
  return (
    <PlayerContext value={player}>
      <VideoBar video={video} pane={pane} />
      <div className={classes.upper}>
        <section className={classes.viewer} data-full-screen={fullScreen.on || undefined} aria-label="Player">
          <Picture video={video} scenes={scenes} onFullScreen={fullScreen.toggle} />
          <Controls video={video} fullScreen={fullScreen} />
        </section>
        {pane.shown && <SidePane video={video} scenes={scenes} loading={isPending} pane={pane} />}
      </div>
      <Timeline video={video} scenes={scenes} loading={isPending} />
    </PlayerContext>
  )
}

/** Nothing is adjusted where its panel cannot be seen. */
function useAdjustmentIn({ adjustment }: Player, pane: Pane): void {
  const tab = useView((state) => state.tab)
  const visible = pane.shown && tab === 'scenes'
  useEffect(() => {
    if (!visible) adjustment.close()
  }, [adjustment, visible])
}

/** Tells the player what it plays, as far as that is known. */
function useFootage(
  { playback, timeline }: Player,
  { metadata }: Video,
  scenes: readonly Scene[],
  frames: PlayedFrames | null,
): void {
  const { frameRate } = metadata
  const duration = metadata.durationSeconds ?? scenes.at(-1)?.endTime ?? null
  useEffect(() => {
    playback.describe({ duration, frameRate, starts: scenes.map(({ startTime }) => startTime), frames })
  }, [playback, duration, frameRate, scenes, frames])
  useEffect(() => {
    const tell = (known: number): void => timeline.describe({ duration: known, frameRate: playback.frameRate })
    tell(playback.state.getState().duration)
    return playback.state.subscribe(({ duration: now }, { duration: before }) => {
      if (now !== before) tell(now)
    })
  }, [playback, timeline, frameRate])
}
