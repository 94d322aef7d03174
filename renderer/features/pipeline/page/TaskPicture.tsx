import { useState } from 'react'
import type { Task } from '../../../../main/contract/index.ts'
import { FaultNotice } from '../../../shared/player/picture/FaultNotice.tsx'
import { Film } from '../../../shared/player/picture/Film.tsx'
import { Fitted } from '../../../shared/player/picture/Fitted.tsx'
import { Notice } from '../../../shared/player/picture/Notice.tsx'
import { usePlaybackState, usePlayer } from '../../../shared/player/player.ts'
import { taskPictureUrl } from '../media.ts'
import { useRecord, useSession, useSessionState } from '../session.ts'
import { isOver } from '../task-text.ts'
import { useView } from '../view-store.ts'
import { Boxes } from './Boxes.tsx'
import { CountingShapes } from './CountingShapes.tsx'
import type { Footage } from './footage.ts'
import { type Screen, useScreen, useSightings } from './screen.ts'
import { Trails } from './Trails.tsx'
import film from '../../../shared/player/picture/Film.module.css'
import classes from './TaskPicture.module.css'

interface TaskPictureProps {
  task: Task
  footage: Footage
  onFullScreen: () => void
}

/** The footage, and over it what was seen in the very frame on screen. */
export function TaskPicture({ task, footage, onFullScreen }: TaskPictureProps) {
  const session = useSession()
  const fault = usePlaybackState((state) => state.fault)
  const { size } = footage
  // What the window cannot play of a video from elsewhere has no preview copy: its frames are shown one by one.
  const [broken, setBroken] = useState(false)
  if (fault && footage.video === null && !broken) setBroken(true)
  const source = broken ? undefined : footage.source
  const screen = useScreen(source !== undefined)
  return (
    <div className={film.well} onDoubleClick={onFullScreen}>
      {/* Whoever takes the picture in hand is not carried on to the newest frame. */}
      <div onClickCapture={() => session.stopFollowing()}>
        {source !== undefined && <Film key={source} source={source} poster={undefined} title={task.title} />}
        {source === undefined && screen.number !== null && (
          <img className={film.film} src={taskPictureUrl(task.taskId, screen.number)} alt="" draggable={false} />
        )}
      </div>
      {size ? (
        <Fitted size={size}>
          {task.request.counting && <CountingShapes size={size} counting={task.request.counting} />}
          <Overlay size={size} screen={screen} />
          <Badges task={task} screen={screen} />
        </Fitted>
      ) : (
        <Badges task={task} screen={screen} />
      )}
      {source !== undefined && fault && <FaultNotice fault={fault} />}
      {source === undefined && <Waiting task={task} footage={footage} />}
    </div>
  )
}

type Size = NonNullable<Footage['size']>

function Overlay({ size, screen }: { size: Size; screen: Screen }) {
  const { boxes, trails } = useView()
  const sightings = useSightings(screen)
  if (!sightings) return null
  return (
    <>
      {trails && <Trails size={size} sightings={sightings} />}
      {boxes && <Boxes size={size} sightings={sightings} />}
    </>
  )
}

function Badges({ task, screen: { time, number } }: { task: Task; screen: Screen }) {
  const { playback } = usePlayer()
  const following = useSessionState((state) => state.following)
  return (
    <>
      {!isOver(task) && task.status !== 'pending' && (
        <span className={classes.live} data-on={following || undefined}>
          {following ? 'Live' : 'Paused'}
        </span>
      )}
      {time !== null && (
        <span className={classes.place}>
          {playback.timecode(time)}
          {number !== null && <span>frame {number.toLocaleString('en-GB')}</span>}
        </span>
      )}
    </>
  )
}

/** Why there is no picture yet. */
function Waiting({ task, footage }: { task: Task; footage: Footage }) {
  const { frameCount } = useRecord()
  if (frameCount > 0) return null
  if (task.status === 'pending') {
    return (
      <Notice tone="work" title="Waiting in the queue" text="It starts automatically when earlier tasks are done." />
    )
  }
  if (isOver(task) || footage.video !== null) return null
  return <Notice tone="work" title="Downloading the video" text="The picture appears with the first analysed frame." />
}
