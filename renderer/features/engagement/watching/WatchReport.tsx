import { type ReactNode, useEffect } from 'react'
import { trackView } from '../../../../main/contract/index.ts'
import { engine } from '../../../shared/engine/client.ts'
import { usePlayer } from '../../../shared/player/player.ts'
import { useOpenVideo } from '../../../shared/video-page/open-video.ts'
import { Watch } from './watch.ts'

/** How often it is reported how far somebody watched, while it plays. */
const EVERY_MS = 10_000

/**
 * Reports how far a video is watched, as one view per opening of the page: the time as seconds of film that were played,
 * the percentage as the share of it that was seen at least once (LI-11). A video that is
 * opened and not played for a second is not viewed.
 */
export function WatchReport({ children }: { children: ReactNode }) {
  const { playback } = usePlayer()
  const { videoId } = useOpenVideo().video
  useEffect(() => {
    const watch = new Watch()
    const sessionId = crypto.randomUUID()
    let reported = ''
    const report = (): void => {
      const { duration } = playback.state.getState()
      const watchDuration = Math.floor(watch.seconds)
      const completionPercentage = Number(watch.percentOf(duration).toFixed(1))
      const news = `${watchDuration} ${completionPercentage}`
      if (watchDuration === 0 || news === reported) return
      reported = news
      // A failed report is made up by the next one: the sums only grow.
      engine.run(trackView, { videoId, sessionId, watchDuration, completionPercentage }).catch(() => (reported = ''))
    }
    const stopPlayed = playback.onPlayed((from, to) => watch.played(from, to, 1 / playback.frameRate))
    const stopState = playback.state.subscribe(({ playing }, before) => {
      if (before.playing && !playing) report()
    })
    const timer = setInterval(report, EVERY_MS)
    window.addEventListener('pagehide', report)
    return () => {
      clearInterval(timer)
      window.removeEventListener('pagehide', report)
      stopState()
      stopPlayed()
      report()
    }
  }, [playback, videoId])
  return children
}
