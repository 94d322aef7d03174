import { useElementSize } from '@mantine/hooks'
import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import type { Video } from '../../../../main/contract/index.ts'
import { clock } from '../../../shared/format/time.ts'
import { timecode } from '../../../shared/format/timecode.ts'
import { pictureAt } from '../../../shared/media/sprite.ts'
import { SpritePicture } from '../../../shared/media/SpritePicture.tsx'
import { movedEnds, type RangeEnds, type Which } from './range-ends.ts'
import classes from './RangeStrip.module.css'

const HEIGHT = 48

interface RangeStripProps {
  video: Video
  /** Seconds. */
  duration: number
  frameRate: number
  ends: RangeEnds
  onChange: (ends: RangeEnds) => void
}

/** The video from left to right, with two handles for where to begin and where to stop. */
export function RangeStrip({ video, duration, frameRate, ends, onChange }: RangeStripProps) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const dragged = useRef<Which | null>(null)
  const timeOf = ({ clientX, currentTarget }: PointerEvent<HTMLElement>): number => {
    const box = currentTarget.getBoundingClientRect()
    return Math.min(duration, Math.max(0, ((clientX - box.left) / box.width) * duration))
  }
  const move = (which: Which, time: number): void => onChange(movedEnds(ends, which, time, { duration, frameRate }))
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const time = timeOf(event)
    dragged.current = Math.abs(time - ends.start) <= Math.abs(time - ends.end) ? 'start' : 'end'
    move(dragged.current, time)
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (dragged.current) move(dragged.current, timeOf(event))
  }
  const onPointerUp = (): void => {
    dragged.current = null
  }
  const share = (time: number): string => `${(time / duration) * 100}%`
  return (
    <div
      ref={ref}
      className={classes.strip}
      style={{ height: HEIGHT }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
    >
      <Pictures video={video} width={width} />
      <div className={classes.outside} style={{ left: 0, width: share(ends.start) }} />
      <div className={classes.outside} style={{ left: share(ends.end), right: 0 }} />
      <div className={classes.inside} style={{ left: share(ends.start), width: share(ends.end - ends.start) }} />
      {(['start', 'end'] as const).map((which) => (
        <div
          key={which}
          className={classes.handle}
          data-which={which}
          style={{ left: share(ends[which]) }}
          role="slider"
          tabIndex={0}
          aria-label={which === 'start' ? 'From' : 'To'}
          aria-valuemin={0}
          aria-valuemax={Number(duration.toFixed(2))}
          aria-valuenow={Number(ends[which].toFixed(2))}
          aria-valuetext={timecode(ends[which], frameRate)}
          onKeyDown={(event) => {
            const time = timeByKey(event, ends[which], { duration, frameRate, which })
            if (time === null) return
            event.preventDefault()
            move(which, time)
          }}
        >
          <span aria-hidden>{clock(ends[which])}</span>
        </div>
      ))}
    </div>
  )
}

interface KeyScale {
  readonly duration: number
  readonly frameRate: number
  readonly which: Which
}

/** Arrows go a frame, with Shift a second, page keys ten; Home and End all the way. */
function timeByKey({ key, shiftKey }: KeyboardEvent, now: number, { duration, frameRate }: KeyScale): number | null {
  const step = shiftKey ? 1 : 1 / frameRate
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: now - step,
    ArrowDown: now - step,
    ArrowRight: now + step,
    ArrowUp: now + step,
    PageDown: now - 10,
    PageUp: now + 10,
    Home: 0,
    End: duration,
  }
  return steps[key] ?? null
}

/** As many pictures of its sprite as fit side by side. */
function Pictures({ video: { sprite, metadata }, width }: { video: Video; width: number }) {
  if (!sprite || width === 0) return null
  const aspect = (metadata.width ?? 16) / (metadata.height ?? 9)
  const count = Math.max(1, Math.ceil(width / (HEIGHT * aspect)))
  return Array.from({ length: count }, (_, at) => (
    <div key={at} className={classes.picture} style={{ left: `${(at / count) * 100}%`, width: `${100 / count}%` }}>
      <SpritePicture
        sprite={sprite}
        index={pictureAt((at + 0.5) / count, sprite.count)}
        boxAspect={width / count / HEIGHT}
        fit="cover"
        className={classes.sheet}
      />
    </div>
  ))
}
