import { join } from 'node:path'
import { EngineError } from '../../contract/errors.ts'
import { startWorker } from '../../platform/processes/index.ts'
import type { BoundarySearch, FoundBoundaries } from './boundaries.ts'
import { scenesBetween, type DetectedScene } from './scenes.ts'

/** A video to find scenes in. */
export interface Detection extends BoundarySearch {
  /** Time stamp at which the player's clock reads 0, as `probeVideo` found it. */
  startSeconds: number
}

export interface DetectionCall {
  /** Folder of the built worker entries; `detection-worker.js` lies there. */
  workersFolder: string
  signal?: AbortSignal | undefined
  /** Fraction done, 0..1. */
  onProgress?: ((fraction: number) => void) | undefined
}

/**
 * Finds the scenes of a video, decoding and judging it in a thread of its own.
 * @returns contiguous scenes from 0 to the duration, at least one.
 * @throws EngineError `media_failed` with the decoder's last words, `cancelled` within half a second of the abort.
 */
export async function detectScenes(video: Detection, call: DetectionCall): Promise<{ scenes: DetectedScene[] }> {
  const entry = join(call.workersFolder, 'detection-worker.js')
  const worker = startWorker<BoundarySearch, FoundBoundaries, number>(entry)
  try {
    const { signal, onProgress } = call
    const { boundaries, hasPicture, lastTime } = await worker.request(video, { signal, onProgress })
    if (!hasPicture) throw new EngineError('media_failed', 'No picture could be read from this video.')
    return { scenes: scenesBetween(boundaries, video.durationSeconds || lastTime) }
  } finally {
    await worker.close()
  }
}
