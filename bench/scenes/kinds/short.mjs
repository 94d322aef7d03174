// @ts-check
// Many shots in little time, and few in much.
import { assemble, kind } from './plans.mjs'
import { timelineOf } from './timeline.mjs'

export const SHORT = [
  kind('shots of 8 to 14 frames', (studio) => assemble(studio, { shots: studio.sources.shots(16), frames: [8, 14] })),
  kind('montage down to 6 frames', (studio) => {
    // Slow at first, then faster and faster.
    const faster = studio.random.between(0.75, 0.88)
    const first = studio.random.between(25, 45)
    const shots = studio.sources.shots(16)
    const timeline = timelineOf(
      shots.map((shot, at) => ({ shot, frames: Math.max(6, Math.round(first * faster ** at)) })),
    )
    return assemble(studio, { timeline })
  }),
  kind('long shots', (studio) => assemble(studio, { shots: studio.sources.shots(3), seconds: [4, 6] })),
]
