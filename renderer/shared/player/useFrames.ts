import { useQuery } from '@tanstack/react-query'
import { FrameIndex, getFrames, type Video } from '../../../main/contract/index.ts'
import { engine } from '../engine/client.ts'
import type { PlayedFrames } from './playback-state.ts'

/** When each frame of what is played is shown; null until it is known. Asked once: it never changes for a file. */
export function useFrames({ videoId, playableUrl }: Pick<Video, 'videoId' | 'playableUrl'>): PlayedFrames | null {
  const { data } = useQuery({
    queryKey: ['frames', videoId, playableUrl],
    enabled: playableUrl !== null,
    queryFn: async () => {
      const { packed, clockStart } = await engine.run(getFrames, { videoId })
      const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0))
      return { clock: asClock(FrameIndex.unpack(bytes)), clockStart }
    },
  })
  return data ?? null
}

function asClock(index: FrameIndex): PlayedFrames['clock'] {
  const { count, isVariable, averageRate, nominalRate } = index
  return {
    count,
    isVariable,
    averageRate,
    nominalRate,
    timeOf: (frame) => index.timeOf(frame),
    endOf: (frame) => index.endOf(frame),
    frameAt: (time) => index.frameAt(time),
  }
}
