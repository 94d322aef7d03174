import { useEffect, useState } from 'react'
import type { Task } from '../../../../main/contract/index.ts'
import { createPlayer, type Player, PlayerContext, useTimelineLength } from '../../../shared/player/player.ts'
import { useFullScreen } from '../../../shared/player/useFullScreen.ts'
import { usePane } from '../../../shared/pane/usePane.ts'
import { SessionContext, TaskSession } from '../session.ts'
import { isOver } from '../task-text.ts'
import { Tracks } from '../lanes/Tracks.tsx'
import { TaskPane } from '../pane/TaskPane.tsx'
import { type Footage, useFootage } from './footage.ts'
import { StepsBar } from './StepsBar.tsx'
import { TaskBar } from './TaskBar.tsx'
import { TaskControls } from './TaskControls.tsx'
import { TaskPicture } from './TaskPicture.tsx'
import { useTaskKeys } from './useTaskKeys.ts'
import page from '../../../shared/ui/page.module.css'

export function OpenTask({ task }: { task: Task }) {
  const [player] = useState(createPlayer)
  const [session] = useState(() => new TaskSession(task.taskId, player.playback, !isOver(task)))
  const footage = useFootage(task)
  const pane = usePane()
  const fullScreen = useFullScreen()
  useEffect(() => session.read(), [session])
  usePlayed(player, session, footage)
  useTaskKeys(session, player, { pane, fullScreen })
  return (
    <PlayerContext value={player}>
      <SessionContext value={session}>
        <TaskBar task={task} pane={pane} />
        <StepsBar task={task} />
        <div className={page.body}>
          <div className={page.content}>
            <section className={page.viewer} data-full-screen={fullScreen.on || undefined} aria-label="Player">
              <TaskPicture task={task} footage={footage} onFullScreen={fullScreen.toggle} />
              <TaskControls footage={footage} fullScreen={fullScreen} />
            </section>
            <Tracks task={task} footage={footage} />
          </div>
          {pane.shown && <TaskPane task={task} footage={footage} pane={pane} />}
        </div>
      </SessionContext>
    </PlayerContext>
  )
}

/** Tells the player what it plays, as far as that is known. */
function usePlayed(player: Player, { record }: TaskSession, footage: Footage): void {
  const { playback } = player
  const { duration, frameRate, frames } = footage
  useEffect(() => {
    playback.describe({ duration, frameRate, starts: [], frames })
  }, [playback, record, duration, frameRate, frames])
  useTimelineLength(player, frameRate)
}
