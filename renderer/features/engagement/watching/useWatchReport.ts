import { useEffect } from 'react'
import { trackView } from '../../../../main/contract/index.ts'
import { engine } from '../../../shared/engine/client.ts'
import type { Player } from '../../../shared/player/player.ts'
import { Watch } from './watch.ts'

/** How often it is told how far somebody watched, while it plays. */
const EVERY_MS = 10_000

/**
 * Tells the engine how far somebody watches, as one view per opening of the page: "Time watched in seconds" as seconds
 * of film that were played, "Percent of video watched" as the share of it that was seen at least once. A video that is
 * opened and not played for a second is not viewed.
 */
export function useWatchReport({ playback }: Player, videoId: string): void {
  useEffect(() => {
    const watch = new Watch()
    const sessionId = crypto.randomUUID()
    let told = ''
    const tell = (): void => {
      const { duration } = playback.state.getState()
      const watchDuration = Math.floor(watch.seconds)
      const completionPercentage = Number(watch.percentOf(duration).toFixed(1))
      const news = `${watchDuration} ${completionPercentage}`
      if (watchDuration === 0 || news === told) return
      told = news
      // What is not told now is told with the next: the sums only grow.
      engine.run(trackView, { videoId, sessionId, watchDuration, completionPercentage }).catch(() => (told = ''))
    }
    const stopPlayed = playback.onPlayed((from, to) => watch.played(from, to, 1 / playback.frameRate))
    const stopState = playback.state.subscribe(({ playing }, before) => {
      if (before.playing && !playing) tell()
    })
    const timer = setInterval(tell, EVERY_MS)
    window.addEventListener('pagehide', tell)
    return () => {
      clearInterval(timer)
      window.removeEventListener('pagehide', tell)
      stopState()
      stopPlayed()
      tell()
    }
  }, [playback, videoId])
}
