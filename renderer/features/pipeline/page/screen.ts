import { useCallback, useSyncExternalStore } from 'react'
import { usePlayer } from '../../../shared/player/player.ts'
import { type Sightings, sightingsAt } from '../record/sightings.ts'
import { useCurrentFrame, useRecord } from '../session.ts'

/** The frame that is on screen. */
export interface Screen {
  /** When it begins, seconds; null while there is none. */
  readonly time: number | null
  /** Its number in the video; null while frames are not counted. */
  readonly number: number | null
}

/**
 * The frame on screen, which while seeking is another than the one at the playhead: boxes belong to what is seen.
 * @param hasFilm false where single pictures stand in, of the frames that were looked at
 */
export function useScreen(hasFilm: boolean): Screen {
  const { playback } = usePlayer()
  const record = useRecord()
  const frame = useCurrentFrame()
  const subscribe = useCallback((changed: () => void) => playback.onPicture(changed), [playback])
  const time = useSyncExternalStore(subscribe, () => playback.pictureTime)
  if (hasFilm) return { time, number: time === null ? null : playback.frameAt(time) }
  return frame < 0
    ? { time: null, number: null }
    : { time: record.times.at(frame), number: record.frameNumbers.at(frame) }
}

/** What was seen in the frame on screen. */
export function useSightings({ time, number }: Screen): Sightings | null {
  const record = useRecord()
  return time === null ? null : sightingsAt(record, time, number)
}
