import { type ReactNode, useEffect, useState } from 'react'
import { listScenes, type Scene, type Video } from '../../../main/contract/index.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { Controls } from '../../shared/player/controls/Controls.tsx'
import { VideoPane } from './pane/VideoPane.tsx'
import { useLoaded } from '../../shared/registry/features.ts'
import { OpenVideoContext } from '../../shared/video-page/open-video.ts'
import { playerCommands } from '../../shared/player/commands.ts'
import { PLAYER_KEYS } from '../../shared/player/keys.ts'
import { useKeys } from '../../shared/keys/useKeys.ts'
import { Picture } from './picture/Picture.tsx'
import type { PlayedFrames } from '../../shared/player/playback-state.ts'
import { createPlayer, type Player, PlayerContext, useTimelineLength } from '../../shared/player/player.ts'
import { Timeline } from './timeline/Timeline.tsx'
import { useFrames } from '../../shared/player/useFrames.ts'
import { useFullScreen } from '../../shared/player/useFullScreen.ts'
import { usePane } from '../../shared/pane/usePane.ts'
import { VideoBar } from './VideoBar.tsx'
import classes from '../../shared/ui/page.module.css'

const NO_SCENES: readonly Scene[] = []

export function OpenVideo({ video }: { video: Video }) {
  const [player] = useState(createPlayer)
  const { data, isPending } = useEngine('videos', listScenes, { videoId: video.videoId })
  const scenes = data?.scenes ?? NO_SCENES
  const pane = usePane()
  const fullScreen = useFullScreen()
  useFootage(player, video, scenes, useFrames(video))
  const commands = playerCommands(player, { pane, fullScreen })
  useKeys(PLAYER_KEYS, (command) => commands[command]())
  const page = useLoaded('videoPage').reduceRight<ReactNode>(
    (inside, { Provider }) => (Provider ? <Provider>{inside}</Provider> : inside),
    <>
      <VideoBar />
      <div className={classes.body}>
        <section className={classes.viewer} data-full-screen={fullScreen.on || undefined} aria-label="Player">
          <Picture />
          <Controls video={video} fullScreen={fullScreen} />
        </section>
        {pane.shown && <VideoPane />}
      </div>
      <Timeline />
    </>,
  )
  return (
    <PlayerContext value={player}>
      <OpenVideoContext value={{ video, scenes, loading: isPending, pane, fullScreen }}>{page}</OpenVideoContext>
    </PlayerContext>
  )
}

/** Tells the player what it plays, as far as that is known. */
function useFootage(player: Player, { metadata }: Video, scenes: readonly Scene[], frames: PlayedFrames | null): void {
  const { playback } = player
  const { frameRate } = metadata
  const duration = metadata.durationSeconds ?? scenes.at(-1)?.endTime ?? null
  useEffect(() => {
    playback.describe({ duration, frameRate, starts: scenes.map(({ startTime }) => startTime), frames })
  }, [playback, duration, frameRate, scenes, frames])
  useTimelineLength(player, frameRate)
}
